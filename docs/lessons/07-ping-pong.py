from greenlet import greenlet


@greenlet
def ping(ball):
    while ball < 5:
        print('ping has ball', ball)
        ball = pong.switch(ball + 1)
    return 'ping is over'


@greenlet
def pong(ball):
    while True:
        print('pong has ball', ball)
        ball = ping.switch(ball + 1)


print(ping.switch(1))
print('pong is dead:', str(pong.dead).lower())
