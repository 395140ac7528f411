import { fileURLToPath } from 'node:url'
import { prepare } from '../bin/prepare.mjs'

/** Vitest's global set-up of the server project: whoever starts a server starts the one that `npm start` does. */
export const setup = (): Promise<void> => prepare({ server: true })

/** The file to run: `main`, or a command, such as `audit-command`. */
export const built = (entry: string): string => fileURLToPath(new URL(`../dist/${entry}.js`, import.meta.url))
