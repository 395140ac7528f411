/** Node's own, from before the simulator put the world's task queue and clock in their place. */
export const realImmediate = globalThis.setImmediate
export const realTimeout = globalThis.setTimeout
