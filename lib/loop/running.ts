/** Which loop runs, seen from below. See `running` in loop.ts. */
export const runningLoop: { loop: object | null; chosen: object | null } = { loop: null, chosen: null }
