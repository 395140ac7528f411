/** Lets the browser draw and answer whoever taps, and other tabs sell, between two pieces of work. */
export const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
