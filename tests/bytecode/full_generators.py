def f():
    yield
    x = yield 1
    yield from g()
    return 2
async def h():
    await a
    async with b as c: d
    async for i in j: k
    return [x async for x in y if await z]
