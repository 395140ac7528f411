/** Node's own, from before the simulator put the world's task queue in its place. */
export const realImmediate = globalThis.setImmediate
