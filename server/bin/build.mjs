// What npm start does before it starts, for an image that is built once and run often.
import { prepare } from './prepare.mjs'

await prepare({ client: true, server: true })
