/** A reason not to start that its reader can act on: its message is the one sentence shown before exit 1. */
export class BootError extends Error {
  override readonly name = 'BootError'
}
