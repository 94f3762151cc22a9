class Promised:
    def then(self, callback):
        self.callback = callback

    def fulfil(self, value):
        self.callback(value)


orders = []


def order(dish):
    print('order', dish)
    promised = Promised()
    orders.append((dish, promised))
    return promised


def start(work):
    result = Promised()

    def go(value):
        try:
            promised = work.send(value)
        except StopIteration as stop:
            result.fulfil(stop.value)
        else:
            promised.then(go)

    go(None)
    return result


def dinner():
    soup = yield order('soup')
    cake = yield order('cake')
    return f'{soup} and {cake}'


start(dinner()).then(lambda value: print('dinner was', value))
print('the kitchen opens')
while orders:
    dish, promised = orders.pop(0)
    promised.fulfil(f'hot {dish}')
