import { EMAIL } from '@evertill/shared/domain/email'
import { z } from 'zod'
import { BootError } from './boot-error.ts'

/** Everything the environment decides, read once at start and passed down as a value. */
export type Config = {
  port: number
  /** Loopback unless asked otherwise: a till needs https or localhost, so the LAN comes in through a TLS proxy. */
  host: string
  dataDir: string
  /** Undefined: the embedded Postgres in `dataDir`. */
  databaseUrl: string | undefined
  demo: boolean
  /** Where browsers find us, without a slash at the end; links are made from it. */
  publicUrl: string
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  trustProxy: boolean
  /** Asked of whoever reads /metrics; without one only loopback may. */
  metricsToken?: string
  /** Without one, receipts that customers asked for by e-mail are kept until there is. */
  mail?: MailConfig
}

export type MailConfig = {
  /** With the user and the password in it. */
  smtpUrl: string
  /** The address that receipts come from. */
  from: string
}

const onOff = z.enum(['on', 'off'], { error: 'must be on or off' }).transform((value) => value === 'on')

const zEnvironment = z.object({
  PORT: z.coerce
    .number({ error: 'must be a port number' })
    .int('must be a port number')
    .min(0, 'must be a port number')
    .max(65_535, 'must be a port number')
    .default(3000),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/./, 'must look like postgres://user:password@host:5432/database')
    .optional(),
  DEMO: onOff.optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must look like https://pos.example.com' }).optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be fatal, error, warn, info, debug, trace or silent',
    })
    .default('warn'),
  TRUST_PROXY: onOff.default(false),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must look like smtps://user:password@mail.example.com:465' })
    .refine(isDecodable, 'must have each % in its user or password written as %25')
    .optional(),
  MAIL_FROM: z.string().regex(EMAIL, 'must be an address such as receipts@example.com').optional(),
})

function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url)
    return true
  } catch {
    return false
  }
}

const local = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Throws a BootError whose sentence says which variable to set to what. */
export function readConfig(env: Record<string, string | undefined>): Config {
  // An empty variable is one that compose files and shells leave behind: it counts as not set.
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
  const parsed = zEnvironment.safeParse(present)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const name = issue?.path.join('.') ?? ''
    throw new BootError(`${name} ${issue?.message}; it is "${redacted(name, present[name])}".`)
  }
  const given = parsed.data
  const publicUrl = new URL(given.PUBLIC_URL ?? `http://localhost:${given.PORT}`)
  if (publicUrl.pathname !== '/' || publicUrl.search || publicUrl.hash) {
    throw new BootError(`PUBLIC_URL must have no path: set it to ${publicUrl.origin}.`)
  }
  if (publicUrl.protocol === 'http:' && !local.has(publicUrl.hostname)) {
    throw new BootError(
      `PUBLIC_URL must begin with https:// (browsers give a till its storage and offline mode only there): set it to https://${publicUrl.host} and put a TLS proxy in front, as docker-compose.yml does.`,
    )
  }
  if (given.DEMO && !local.has(publicUrl.hostname)) {
    throw new BootError(
      `DEMO=on would open ${publicUrl.origin} to everyone who knows the demo password: set DEMO=off.`,
    )
  }
  const mail = mailOf(given.SMTP_URL, given.MAIL_FROM)
  return {
    port: given.PORT,
    host: given.HOST,
    dataDir: given.DATA_DIR,
    databaseUrl: given.DATABASE_URL,
    // Its password is known to everyone: nobody else may reach it unless somebody asked for that.
    demo: given.DEMO ?? (local.has(publicUrl.hostname) && (local.has(given.HOST) || given.HOST === '::1')),
    publicUrl: publicUrl.origin,
    logLevel: given.LOG_LEVEL,
    trustProxy: given.TRUST_PROXY,
    ...(given.METRICS_TOKEN !== undefined && { metricsToken: given.METRICS_TOKEN }),
    ...(mail && { mail }),
  }
}

function mailOf(smtpUrl: string | undefined, from: string | undefined): MailConfig | undefined {
  if (smtpUrl === undefined && from === undefined) return undefined
  if (smtpUrl === undefined)
    throw new BootError(
      'MAIL_FROM is set, but there is no mail server to send with: set SMTP_URL to one, or leave both out.',
    )
  if (from === undefined)
    throw new BootError(
      'SMTP_URL is set, but receipts would come from nobody: set MAIL_FROM to the address they come from.',
    )
  return { smtpUrl, from }
}

function redacted(name: string, value: string | undefined): string | undefined {
  if (name === 'METRICS_TOKEN') return '…'
  // To the last @: people forget to escape what their passwords hold.
  return name === 'DATABASE_URL' || name === 'SMTP_URL'
    ? value?.replace(/(:\/\/[^:@/]*):.*@/, '$1:…@')
    : value
}
