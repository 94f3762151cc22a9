/** The I/O thread, with resources that are there for the specs of faults alone. */
import './more-makers.ts'
import '../../../lib/node/programs/io-thread.ts'
