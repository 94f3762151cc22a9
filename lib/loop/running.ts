/** The loop that runs, for files that may not import loop.ts. See `running` there. */
export const runningLoop: { loop: object | null; chosen: object | null } = { loop: null, chosen: null }
