from greenlet import getcurrent, greenlet

main = getcurrent()


def serve(order):
    while True:
        order = main.switch(f'one {order}, please wait')


cook = greenlet(serve)

print(cook.switch('tea'))
print(cook.switch('coffee'))
