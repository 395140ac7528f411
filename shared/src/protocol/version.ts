/** The protocol this build speaks. A change of any wire schema raises it; a test pins the schemas' hash. */
export const PROTOCOL_VERSION = 1
/** The oldest version the server still accepts: the three before its own. */
export const OLDEST_PROTOCOL_VERSION = Math.max(1, PROTOCOL_VERSION - 3)

/**
 * What PROTOCOL_VERSION stands for: the hash of every wire schema as JSON Schema (see version.test.ts).
 * Until the first release a change may re-pin it; after that it raises the version as well.
 */
export const PROTOCOL_SCHEMA_HASH = '35798c2976589a0317fa1f22a73fb91a06969849ba495595c90a6981a416e698'
