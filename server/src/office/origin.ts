/**
 * The origins from which a browser may change something: the public address, and the very host the request
 * was sent to, under which the pages were served (a shop opens the server by name, by address or as localhost).
 */
export function trustedOrigins(headers: Headers, publicUrl: string): string[] {
  const host = headers.get('host')
  const origins = [new URL(publicUrl).origin]
  if (host !== null) origins.push(`http://${host}`, `https://${host}`)
  return origins
}

/** Whether a request that changes something comes from our own pages; a browser always says where from. */
export function isOwnOrigin(headers: Headers, publicUrl: string): boolean {
  const origin = headers.get('origin')
  return origin !== null && trustedOrigins(headers, publicUrl).includes(origin)
}
