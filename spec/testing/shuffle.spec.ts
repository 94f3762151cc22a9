import { seededRandom } from '../../lib/testing/shuffle.ts'

it('a seed gives the numbers of mulberry32, in every engine and version', () => {
  const [one, other] = [seededRandom(1), seededRandom(-5)]
  expect([one(), one(), one(), other(), other()]).toEqual(
    [0.6270739405881613, 0.002735721180215478, 0.5274470399599522, 0.48384718922898173, 0.05296749505214393])
})
