"""An operating system's scheduler: tasks with states and priorities that pass packets to each other.

The kinds of task are classes with a common base; a task's answer to a packet is a method chosen at run time.
"""
import timed

IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = range(6)
KIND_DEVICE, KIND_WORK = 0, 1
PAYLOAD = 4


class Packet:
    def __init__(self, link, ident, kind):
        self.link = link
        self.ident = ident
        self.kind = kind
        self.datum = 0
        self.data = [0] * PAYLOAD

    def append_to(self, queue):
        self.link = None
        if queue is None:
            return self
        last = queue
        while last.link is not None:
            last = last.link
        last.link = self
        return queue


class State:
    def __init__(self):
        self.packet_pending = False
        self.waiting = False
        self.holding = False

    def run(self):
        self.packet_pending = self.waiting = self.holding = False

    def wait_with_packet(self):
        self.packet_pending = self.waiting = True
        self.holding = False

    def is_held_or_waiting(self):
        return self.holding or (not self.packet_pending and self.waiting)

    def is_waiting_with_packet(self):
        return self.packet_pending and self.waiting and not self.holding


class Task(State):
    def __init__(self, system, ident, priority, queue):
        State.__init__(self)
        self.system = system
        self.ident = ident
        self.priority = priority
        self.queue = queue
        self.next = system.tasks
        if queue is None:
            self.run()
        else:
            self.wait_with_packet()
        system.tasks = self
        system.table[ident] = self

    def step(self, packet):
        raise NotImplementedError

    def run_once(self):
        packet = None
        if self.is_waiting_with_packet():
            packet = self.queue
            self.queue = packet.link
            self.run()
            self.packet_pending = self.queue is not None
        return self.step(packet)

    def wait(self):
        self.waiting = True
        return self

    def hold(self):
        self.system.held += 1
        self.holding = True
        return self.next

    def release(self, ident):
        task = self.system.find(ident)
        task.holding = False
        return task if task.priority > self.priority else self

    def send(self, packet):
        task = self.system.find(packet.ident)
        self.system.sent += 1
        packet.link = None
        packet.ident = self.ident
        return task.receive(packet, self)

    def receive(self, packet, sender):
        if self.queue is None:
            self.queue = packet
            self.packet_pending = True
            if self.priority > sender.priority:
                return self
        else:
            self.queue = packet.append_to(self.queue)
        return sender


class Idle(Task):
    def __init__(self, system, count):
        Task.__init__(self, system, IDLE, 0, None)
        self.control = 1
        self.count = count

    def step(self, packet):
        self.count -= 1
        if self.count == 0:
            return self.hold()
        if self.control & 1:
            self.control = (self.control >> 1) ^ 0xD008
            return self.release(DEVICE_B)
        self.control >>= 1
        return self.release(DEVICE_A)


class Worker(Task):
    def __init__(self, system, queue):
        Task.__init__(self, system, WORKER, 1000, queue)
        self.to = HANDLER_A
        self.letter = 0

    def step(self, packet):
        if packet is None:
            return self.wait()
        self.to = HANDLER_A + HANDLER_B - self.to
        packet.ident = self.to
        packet.datum = 0
        for i in range(PAYLOAD):
            self.letter = self.letter % 26 + 1
            packet.data[i] = 64 + self.letter
        return self.send(packet)


class Handler(Task):
    def __init__(self, system, ident, priority, queue):
        Task.__init__(self, system, ident, priority, queue)
        self.work = None
        self.device = None

    def step(self, packet):
        if packet is not None:
            if packet.kind == KIND_WORK:
                self.work = packet.append_to(self.work)
            else:
                self.device = packet.append_to(self.device)
        work = self.work
        if work is not None:
            at = work.datum
            if at >= PAYLOAD:
                self.work = work.link
                return self.send(work)
            device = self.device
            if device is not None:
                self.device = device.link
                device.datum = work.data[at]
                work.datum = at + 1
                return self.send(device)
        return self.wait()


class Device(Task):
    def __init__(self, system, ident, priority):
        Task.__init__(self, system, ident, priority, None)
        self.pending = None
        self.wait()

    def step(self, packet):
        if packet is None:
            packet = self.pending
            if packet is None:
                return self.wait()
            self.pending = None
            return self.send(packet)
        self.pending = packet
        self.system.traced += packet.datum
        return self.hold()


class System:
    def __init__(self, count):
        self.tasks = None
        self.table = [None] * 6
        self.held = self.sent = self.traced = 0
        Idle(self, count)
        queue = Packet(None, 0, KIND_WORK)
        queue = Packet(queue, 0, KIND_WORK)
        Worker(self, queue)
        for ident, priority, device in ((HANDLER_A, 2000, DEVICE_A), (HANDLER_B, 3000, DEVICE_B)):
            queue = None
            for _ in range(3):
                queue = Packet(queue, device, KIND_DEVICE)
            Handler(self, ident, priority, queue)
        Device(self, DEVICE_A, 4000)
        Device(self, DEVICE_B, 5000)

    def find(self, ident):
        task = self.table[ident]
        if task is None:
            raise LookupError(ident)
        return task

    def schedule(self):
        task = self.tasks
        while task is not None:
            if task.is_held_or_waiting():
                task = task.next
            else:
                task = task.run_once()


def work(n):
    total = 0
    for _ in range(4):
        s = System(n)
        s.schedule()
        total += s.held * 1000003 + s.sent * 31 + s.traced
    return total


if __name__ == '__main__':
    timed.main('richards', work, 10_000)
