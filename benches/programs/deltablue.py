"""One-way constraints with strengths, planned and re-planned: chains of equalities and a fan of scalings."""
import timed

REQUIRED, STRONG, PREFERRED, DEFAULT, WEAK, WEAKEST = range(6)  # a smaller number is stronger


class Variable:
    def __init__(self, name, value):
        self.name = name
        self.value = value
        self.constraints = []
        self.decided_by = None
        self.mark = 0
        self.strength = WEAKEST
        self.stay = True


class Constraint:
    def __init__(self, strength):
        self.strength = strength

    def variables(self):
        raise NotImplementedError

    def add_to(self, planner):
        for v in self.variables():
            v.constraints.append(self)
        self.clear()
        planner.incremental_add(self)

    def remove_from(self, planner):
        if self.is_satisfied():
            planner.incremental_remove(self)
        else:
            self.forget()

    def forget(self):
        for v in self.variables():
            v.constraints.remove(self)

    def is_input(self):
        return False

    def satisfy(self, mark, planner):
        self.choose(mark)
        if not self.is_satisfied():
            if self.strength == REQUIRED:
                raise RuntimeError('a required constraint cannot be met')
            return None
        for v in self.inputs():
            v.mark = mark
        out = self.output()
        overridden = out.decided_by
        if overridden is not None:
            overridden.clear()
        out.decided_by = self
        if not planner.add_propagate(self, mark):
            raise RuntimeError('a cycle')
        out.mark = mark
        return overridden

    def inputs_known(self, mark):
        for v in self.inputs():
            if not (v.mark == mark or v.stay or v.decided_by is None):
                return False
        return True


class Unary(Constraint):
    def __init__(self, variable, strength, planner):
        super().__init__(strength)
        self.variable = variable
        self.met = False
        self.add_to(planner)

    def variables(self):
        return (self.variable,)

    def choose(self, mark):
        v = self.variable
        self.met = v.mark != mark and self.strength < v.strength

    def is_satisfied(self):
        return self.met

    def inputs(self):
        return ()

    def output(self):
        return self.variable

    def clear(self):
        self.met = False

    def recalculate(self):
        v = self.variable
        v.strength = self.strength
        v.stay = not self.is_input()
        if v.stay:
            self.execute()


class Stay(Unary):
    def execute(self):
        pass


class Edit(Unary):
    def is_input(self):
        return True

    def execute(self):
        pass


NONE, FORWARD, BACKWARD = 0, 1, -1


class Binary(Constraint):
    def __init__(self, left, right, strength, planner):
        super().__init__(strength)
        self.left = left
        self.right = right
        self.direction = NONE
        self.add_to(planner)

    def variables(self):
        return (self.left, self.right)

    def choose(self, mark):
        left, right = self.left, self.right
        self.direction = NONE
        if left.mark == mark:
            if right.mark != mark and self.strength < right.strength:
                self.direction = FORWARD
        elif right.mark == mark:
            if self.strength < left.strength:
                self.direction = BACKWARD
        elif left.strength > right.strength:
            if self.strength < left.strength:
                self.direction = BACKWARD
        elif self.strength < right.strength:
            self.direction = FORWARD

    def is_satisfied(self):
        return self.direction != NONE

    def inputs(self):
        return (self.left if self.direction == FORWARD else self.right,)

    def output(self):
        return self.right if self.direction == FORWARD else self.left

    def clear(self):
        self.direction = NONE

    def recalculate(self):
        source = self.left if self.direction == FORWARD else self.right
        out = self.output()
        out.strength = max(self.strength, source.strength)
        out.stay = source.stay
        if out.stay:
            self.execute()


class Equal(Binary):
    def execute(self):
        self.output().value = self.inputs()[0].value


class Scale(Binary):
    def __init__(self, source, scale, offset, target, strength, planner):
        self.scale = scale
        self.offset = offset
        super().__init__(source, target, strength, planner)

    def variables(self):
        return (self.left, self.right, self.scale, self.offset)

    def inputs(self):
        return super().inputs() + (self.scale, self.offset)

    def execute(self):
        if self.direction == FORWARD:
            self.right.value = self.left.value * self.scale.value + self.offset.value
        else:
            self.left.value = (self.right.value - self.offset.value) // self.scale.value

    def recalculate(self):
        source = self.left if self.direction == FORWARD else self.right
        out = self.output()
        out.strength = max(self.strength, source.strength)
        out.stay = source.stay and self.scale.stay and self.offset.stay
        if out.stay:
            self.execute()


class Planner:
    def __init__(self):
        self.mark = 0

    def new_mark(self):
        self.mark += 1
        return self.mark

    def incremental_add(self, constraint):
        mark = self.new_mark()
        overridden = constraint.satisfy(mark, self)
        while overridden is not None:
            overridden = overridden.satisfy(mark, self)

    def incremental_remove(self, constraint):
        out = constraint.output()
        constraint.clear()
        constraint.forget()
        unmet = self.remove_propagate(out)
        unmet.sort(key=lambda c: c.strength)
        for c in unmet:
            self.incremental_add(c)

    def remove_propagate(self, out):
        out.decided_by = None
        out.strength = WEAKEST
        out.stay = True
        unmet = []
        todo = [out]
        while todo:
            v = todo.pop()
            for c in v.constraints:
                if not c.is_satisfied():
                    unmet.append(c)
            for c in v.constraints:
                if c is not v.decided_by and c.is_satisfied():
                    c.recalculate()
                    todo.append(c.output())
        return unmet

    def add_propagate(self, constraint, mark):
        todo = [constraint]
        while todo:
            c = todo.pop()
            if c.output().mark == mark:
                self.incremental_remove(constraint)
                return False
            c.recalculate()
            self.consumers(c.output(), todo)
        return True

    def consumers(self, variable, into):
        decided = variable.decided_by
        for c in variable.constraints:
            if c is not decided and c.is_satisfied():
                into.append(c)

    def plan_from(self, sources):
        mark = self.new_mark()
        plan = []
        todo = [c for c in sources if c.is_input() and c.is_satisfied()]
        while todo:
            c = todo.pop()
            out = c.output()
            if out.mark != mark and c.inputs_known(mark):
                plan.append(c)
                out.mark = mark
                self.consumers(out, todo)
        return plan


def change(planner, variable, value):
    edit = Edit(variable, PREFERRED, planner)
    plan = planner.plan_from([edit])
    for i in range(10):
        variable.value = value + i
        for c in plan:
            c.execute()
    edit.remove_from(planner)


def chain(n):
    planner = Planner()
    variables = [Variable('v%d' % i, 0) for i in range(n + 1)]
    for a, b in zip(variables, variables[1:]):
        Equal(a, b, REQUIRED, planner)
    first, last = variables[0], variables[-1]
    Stay(last, DEFAULT, planner)
    edit = Edit(first, PREFERRED, planner)
    plan = planner.plan_from([edit])
    total = 0
    for i in range(20):
        first.value = i
        for c in plan:
            c.execute()
        if last.value != i:
            raise AssertionError('the chain is torn')
        total += last.value * (len(plan) + 1)
    edit.remove_from(planner)
    return total


def projection(n):
    planner = Planner()
    scale = Variable('scale', 10)
    offset = Variable('offset', 1000)
    targets = []
    source = target = None
    for i in range(n):
        source = Variable('source%d' % i, i)
        target = Variable('target%d' % i, i)
        targets.append(target)
        Stay(source, DEFAULT, planner)
        Scale(source, scale, offset, target, REQUIRED, planner)
    change(planner, source, 17)
    if target.value != 26 * 10 + 1000:
        raise AssertionError(target.value)
    change(planner, target, 1050)
    if source.value != (1059 - 1000) // 10:
        raise AssertionError(source.value)
    change(planner, scale, 5)
    change(planner, offset, 2000)
    return sum(t.value for t in targets)


def work(n):
    return chain(n) * 7 + projection(n)


if __name__ == '__main__':
    timed.main('deltablue', work, 8000)
