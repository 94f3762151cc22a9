/** Where the programs are that other threads and processes run: beside this one, when it is shipped. */
export const files = { folder: __dirname }
