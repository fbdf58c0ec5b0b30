"""An inventory: dataclasses, enums, abstract classes, properties, named tuples, context managers, events."""
import operator
from abc import ABC, abstractmethod
from collections import ChainMap, Counter, OrderedDict, defaultdict, namedtuple
from contextlib import ExitStack, contextmanager, suppress
from copy import copy, deepcopy
from dataclasses import FrozenInstanceError, asdict, astuple, dataclass, field, fields, replace
from enum import Enum, Flag, IntEnum, auto, unique
from functools import partial, singledispatch, total_ordering, wraps
from itertools import accumulate, chain, groupby, islice


class Unit(Enum):
    PIECE = 'pc'
    KILO = 'kg'
    LITRE = 'l'

    def __str__(self):
        return self.value

    @classmethod
    def of(cls, text):
        return next((u for u in cls if u.value == text), cls.PIECE)


@unique
class Level(IntEnum):
    EMPTY = 0
    LOW = 1
    FINE = 2
    FULL = 3


class Trait(Flag):
    FRAGILE = auto()
    COLD = auto()
    HEAVY = auto()
    AWKWARD = FRAGILE | HEAVY


class Category(Enum):
    FOOD = ('food', 0.07)
    TOOL = ('tool', 0.19)
    BOOK = ('book', 0.05)

    def __init__(self, label, tax):
        self.label = label
        self.tax = tax

    @property
    def percent(self):
        return '%d%%' % round(self.tax * 100)


class InventoryError(Exception):
    code = 1


class OutOfStock(InventoryError):
    code = 2

    def __init__(self, item, wanted):
        super().__init__(item, wanted)
        self.item, self.wanted = item, wanted

    def __str__(self):
        return '%s: %s wanted, %s there' % (self.item.name, self.wanted, self.item.count)


class Unknown(InventoryError, KeyError):
    def __str__(self):
        return 'no item %r' % self.args


@dataclass(frozen=True, order=True)
class Money:
    cents: int = 0
    currency: str = field(default='EUR', compare=False)

    def __post_init__(self):
        if not isinstance(self.cents, int):
            raise TypeError('cents must be int, not %s' % type(self.cents).__name__)

    @classmethod
    def parse(cls, text):
        whole, _, part = text.partition('.')
        return cls(int(whole) * 100 + int((part + '00')[:2]))

    def __add__(self, other):
        if not isinstance(other, Money):
            return NotImplemented
        if other.currency != self.currency:
            raise ValueError('%s and %s' % (self.currency, other.currency))
        return replace(self, cents=self.cents + other.cents)

    def __radd__(self, other):
        return self if other == 0 else NotImplemented

    def __mul__(self, k):
        return replace(self, cents=int(self.cents * k + 0.5))

    __rmul__ = __mul__

    def __str__(self):
        return '%d.%02d %s' % (*divmod(self.cents, 100), self.currency)

    def __bool__(self):
        return self.cents != 0


@dataclass
class Item:
    name: str
    price: Money
    category: Category = Category.TOOL
    unit: Unit = Unit.PIECE
    count: int = 0
    traits: Trait = Trait(0)
    tags: list = field(default_factory=list, repr=False)
    serial: int = field(init=False, compare=False, default=0)

    serials = iter(range(100, 1000))

    def __post_init__(self):
        self.serial = next(Item.serials)

    @property
    def value(self):
        return self.price * self.count

    @property
    def level(self):
        for level, bound in ((Level.EMPTY, 0), (Level.LOW, 5), (Level.FINE, 50)):
            if self.count <= bound:
                return level
        return Level.FULL

    @property
    def label(self):
        return '%s (%s)' % (self.name, self.unit)

    @label.setter
    def label(self, text):
        name, _, unit = text.partition('/')
        self.name, self.unit = name.strip(), Unit.of(unit.strip())

    @label.deleter
    def label(self):
        self.name = 'item %d' % self.serial


@dataclass
class Batch(Item):
    best_before: str = '2030-01'
    lot: int = 1

    @property
    def label(self):
        return super().label + ' until ' + self.best_before


Movement = namedtuple('Movement', 'kind item amount note', defaults=('',))


class Rule(ABC):
    registry = OrderedDict()

    def __init_subclass__(cls, code=None, **kwargs):
        super().__init_subclass__(**kwargs)
        if code:
            Rule.registry[code] = cls

    @abstractmethod
    def price(self, item, amount):
        """What so much of an item costs."""

    @property
    @abstractmethod
    def title(self):
        """How it is called on the bill."""


class Plain(Rule, code='plain'):
    title = 'plain'

    def price(self, item, amount):
        return item.price * amount


class Volume(Plain, code='volume'):
    def __init__(self, least=10, off=0.1):
        self.least, self.off = least, off

    @property
    def title(self):
        return 'volume -%d%%' % (self.off * 100)

    def price(self, item, amount):
        full = super().price(item, amount)
        return full * (1 - self.off) if amount >= self.least else full


class Taxed(Rule, code='taxed'):
    def __init__(self, inner):
        self.inner = inner

    @property
    def title(self):
        return self.inner.title + ' + tax'

    def price(self, item, amount):
        return self.inner.price(item, amount) * (1 + item.category.tax)


class HalfRule(Rule):
    title = 'half'


def logged(function):
    @wraps(function)
    def wrapper(self, *args, **kwargs):
        self.calls[function.__name__] += 1
        try:
            return function(self, *args, **kwargs)
        except InventoryError as e:
            self.failures.append((function.__name__, type(e).__name__, e.code))
            raise
    return wrapper


class Inventory:
    def __init__(self):
        self._items = {}
        self.journal = []
        self.calls = Counter()
        self.failures = []
        self.watchers = defaultdict(list)

    def __getitem__(self, name):
        try:
            return self._items[name]
        except KeyError:
            raise Unknown(name) from None

    def __iter__(self):
        return iter(sorted(self._items.values(), key=operator.attrgetter('name')))

    def __len__(self):
        return len(self._items)

    def __contains__(self, item):
        return getattr(item, 'name', item) in self._items

    def __iadd__(self, item):
        self._items[item.name] = item
        return self

    def __getattr__(self, name):
        if name.startswith('by_'):
            return partial(self.grouped, operator.attrgetter(name[3:]))
        raise AttributeError('%s has no %s' % (type(self).__name__, name))

    def grouped(self, key):
        groups = defaultdict(list)
        for item in self:
            groups[key(item)].append(item.name)
        return dict(groups)

    @logged
    def put(self, name, amount, note=''):
        item = self[name]
        before = item.level
        item.count += amount
        self.record(Movement('put', name, amount, note), item, before)

    @logged
    def take(self, name, amount):
        item = self[name]
        if item.count < amount:
            raise OutOfStock(item, amount)
        before = item.level
        item.count -= amount
        self.record(Movement('take', name, amount), item, before)
        return amount

    def record(self, movement, item, before):
        self.journal.append(movement)
        if item.level != before:
            for watch in self.watchers[item.level]:
                watch(item, before)

    @contextmanager
    def transaction(self):
        saved, length = deepcopy(self._items), len(self.journal)
        try:
            yield self
        except InventoryError:
            self._items = saved
            del self.journal[length:]
            raise

    @property
    def worth(self):
        return sum(item.value for item in self)


@singledispatch
def describe(thing):
    return '<%s>' % type(thing).__name__


@describe.register(Item)
def _(item):
    return '%s x %d' % (item.name, item.count)


@describe.register(Batch)
def _(item):
    return 'batch of ' + describe.dispatch(Item)(item)


@describe.register(list)
@describe.register(tuple)
def _(items):
    return '[' + '; '.join(map(describe, items)) + ']'


@total_ordering
class Priority:
    def __init__(self, item):
        self.item = item

    def __eq__(self, other):
        return self.item.level == other.item.level and self.item.name == other.item.name

    def __lt__(self, other):
        return (self.item.level, self.item.name) < (other.item.level, other.item.name)


stock = Inventory()
stock += Item('hammer', Money.parse('12.50'), count=7, traits=Trait.HEAVY)
stock += Item('saw', Money.parse('19.9'), count=2, tags=['sharp'])
stock += Batch('milk', Money(109), Category.FOOD, Unit.LITRE, 60, Trait.COLD | Trait.FRAGILE, best_before='2024-07')
stock += Item('atlas', Money(4500), Category.BOOK, traits=Trait.AWKWARD)
print(len(stock), 'saw' in stock, stock['saw'] in stock, 'axe' in stock, stock.worth)
for item in stock:
    print(repr(item))
    print('   ', item.label, '|', item.value, '|', item.level.name, '|', item.category.percent, '|', describe(item))
print([f.name for f in fields(Batch)], astuple(stock['saw'])[:3], sorted(asdict(stock['milk']))[:4])
print(Unit('kg'), Unit['LITRE'], repr(Unit.of('?')), Level.LOW < Level.FULL, Level(2) + 1, list(Level), Category.FOOD.label)
print(Trait.AWKWARD, Trait.COLD | Trait.HEAVY, ~Trait.COLD, bool(Trait.HEAVY & Trait.COLD), [t.name for t in Trait if t in stock['atlas'].traits])
for bad in (lambda: Unit('ton'), lambda: Unit['TON'], lambda: setattr(Unit.KILO, 'value', 1), lambda: Money(1.5), lambda: Money(1) + Money(1, 'USD'),
            lambda: setattr(Money(1), 'cents', 2), lambda: Money(1) + 5, lambda: Money(1) < 3, lambda: HalfRule(), lambda: stock['axe'], lambda: stock.nothing,
            lambda: Item('x'), lambda: unique(Enum('Twice', 'A B', module=__name__)) and Level('x'), lambda: Movement('put')):
    try:
        print(bad())
    except (FrozenInstanceError, InventoryError) as e:
        print('  !', type(e).__mro__[1].__name__, e)
    except Exception as e:
        print('  ', type(e).__name__, e)
alerts = []
stock.watchers[Level.EMPTY].append(lambda item, before: alerts.append('%s is gone (was %s)' % (item.name, before.name)))
stock.watchers[Level.LOW].append(lambda item, before: alerts.append('order %s' % item.name))
stock.take('hammer', 3)
stock.put('atlas', 2, note='from the attic')
stock.take('saw', 2)
with suppress(OutOfStock):
    stock.take('saw', 1)
try:
    with stock.transaction() as t:
        t.take('milk', 50)
        t.take('hammer', 4)
        t.take('glue', 1)
except Unknown as e:
    print('rolled back:', e, '|', stock['milk'].count, stock['hammer'].count)
with stock.transaction() as t:
    t.take('milk', 58)
print(alerts, dict(stock.calls), stock.failures)
for m in stock.journal:
    print('   {0.kind:<5}{0.item:>8} {0.amount:3d} {note}'.format(m, note=m.note or '-'))
print(stock.by_level(), stock.by_category.func.__name__, {k.label: v for k, v in stock.by_category().items()})
rules = [Plain(), Volume(2), Volume(least=100), Taxed(Volume(2, 0.25)), Taxed(Taxed(Plain()))]
for rule in rules:
    print('%-18s' % rule.title, ' '.join('%12s' % rule.price(item, 3) for item in stock))
print(list(Rule.registry), sorted(Rule.__abstractmethods__), issubclass(Volume, Plain), HalfRule.__abstractmethods__)
saw = stock['saw']
saw.label = 'fine saw / kg'
print(saw.label, saw.unit is Unit.KILO)
del saw.label
print(saw.label, saw == replace(saw), saw is copy(saw), copy(saw).tags is saw.tags, deepcopy(saw).tags is saw.tags)
print([p.item.name for p in sorted(map(Priority, stock))], max(map(Priority, stock)).item.name, Priority(saw) >= Priority(stock['milk']))
print(describe([saw, (stock['milk'], 5), 'x']), describe.registry.keys() >= {Item, Batch, list})
print(list(accumulate((i.value.cents for i in stock), operator.add)), {k.name: [i.name for i in g] for k, g in groupby(stock, key=lambda i: i.unit)})
settings = ChainMap({'currency': 'CHF'}, {'currency': 'EUR', 'round': 5})
print(settings['currency'], settings['round'], settings.new_child({'round': 1})['round'], sorted(settings))
with ExitStack() as stack:
    for name in ('first', 'second'):
        stack.callback(print, 'closing', name)
    stack.enter_context(suppress(ZeroDivisionError))
    print(list(islice(chain.from_iterable(i.tags + [i.name] for i in stock), 4)), 1 // 0)
print(Movement._fields, stock.journal[0]._replace(amount=1), Movement._make('abcd')._asdict())
