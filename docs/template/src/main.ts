import { run } from 'yieldfrom'
import { serve } from './kitchen.ts'

for (const cup of run(serve())) console.log(cup) // blocks for half a second
