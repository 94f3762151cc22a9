from greenlet import greenlet


def play_ping(ball):
    while ball < 5:
        print('ping has ball', ball)
        ball = pong.switch(ball + 1)
    return 'ping is over'


def play_pong(ball):
    while True:
        print('pong has ball', ball)
        ball = ping.switch(ball + 1)


ping = greenlet(play_ping)
pong = greenlet(play_pong)

print(ping.switch(1))
print('pong is dead:', str(pong.dead).lower())
