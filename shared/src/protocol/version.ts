/** The protocol this build speaks. A change of any wire schema raises it; a test pins the schemas' hash. */
export const PROTOCOL_VERSION = 2
/** The oldest version the server still accepts: the three before its own. */
export const OLDEST_PROTOCOL_VERSION = Math.max(1, PROTOCOL_VERSION - 3)

/**
 * What PROTOCOL_VERSION stands for: the hash of every wire schema as JSON Schema (see version.test.ts).
 * Until the first release a change may re-pin it; after that it raises the version as well.
 */
export const PROTOCOL_SCHEMA_HASH = '8e447f07af214d258af4be08e4734e649a78b57dcdf6b111ded19233142ee265'
