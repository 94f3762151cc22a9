def cook(dishes):
    for dish in dishes:
        print('the cook makes', dish)
        yield dish


def guest():
    eaten = 0
    answer = 'the guest is hungry'
    while True:
        dish = yield answer
        if dish is None:
            return f'the guest ate {eaten} dishes'
        eaten += 1
        print('the guest eats', dish)
        answer = f'thanks for the {dish}'


eats = guest()
print(next(eats))
for dish in cook(['soup', 'bread']):
    print(eats.send(dish))
try:
    eats.send(None)
except StopIteration as stop:
    print(stop.value)
