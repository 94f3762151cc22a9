def leaves(tree):
    count = 0
    for node in tree:
        if isinstance(node, str):
            yield node
            count += 1
        else:
            count += yield from leaves(node)
    return count


def report(tree):
    count = yield from leaves(tree)
    yield f'{count} leaves'


for leaf in report(['oak', ['ash', ['elm']], 'fir']):
    print(leaf)
