import { promisify } from 'node:util'
import { gunzip, gunzipSync } from 'node:zlib'
import type { Problem } from '@evertill/shared/protocol/problem'

const gunzipAsync = promisify(gunzip)

// A sale or two: another thread would cost more than the unpacking. So few bytes unpack to 4 MB at the very most.
const smallPacked = 4_096

/** A body as it was before it was packed: never more than `limit` bytes of it, whatever it claims to be. */
export async function unpack(
  body: Uint8Array,
  encoding: string | undefined,
  limit: number,
): Promise<Uint8Array | Problem> {
  const tooLarge: Problem = { code: 'too-large', message: `The unpacked body is larger than ${limit} bytes.` }
  if (encoding === undefined || encoding === 'identity') return body.length > limit ? tooLarge : body
  if (encoding !== 'gzip') return wrongEncoding('must be gzip or left out')
  try {
    const options = { maxOutputLength: limit }
    return body.length <= smallPacked ? gunzipSync(body, options) : await gunzipAsync(body, options)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    return code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge : wrongEncoding('says gzip, but the body is not')
  }
}

const wrongEncoding = (message: string): Problem => ({
  code: 'bad-request',
  message: 'The body cannot be unpacked.',
  fields: [{ path: 'content-encoding', message }],
})
