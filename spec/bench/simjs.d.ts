/** The little of simjs that is used here. It has no types, and puts itself into `window`. */
declare module 'simjs'
