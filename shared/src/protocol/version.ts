/** The protocol this build speaks. A change of any wire schema raises it; a test pins the schemas' hash. */
export const PROTOCOL_VERSION = 2
/** The oldest version the server still accepts: the three before its own. */
export const OLDEST_PROTOCOL_VERSION = Math.max(1, PROTOCOL_VERSION - 3)

/**
 * What PROTOCOL_VERSION stands for: the hash of every wire schema as JSON Schema (see version.test.ts).
 * Until the first release a change may re-pin it; after that it raises the version as well.
 */
export const PROTOCOL_SCHEMA_HASH = '01804ff8aae0e6aa1eab4a12dd6f5602af87a69e90f3ac7d50719eb6556b9a9d'
