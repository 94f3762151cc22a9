/** The folder of the programs that run in other threads and processes. In the package, they lie beside this file. */
export const programs = { folder: __dirname }
