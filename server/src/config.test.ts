import { expect, test } from 'vitest'
import { BootError } from './boot-error.ts'
import { readConfig } from './config.ts'

test('without any variable it is a demo on loopback with its own database', () => {
  expect(readConfig({})).toEqual({
    port: 3000,
    host: '127.0.0.1',
    dataDir: '.data',
    databaseUrl: undefined,
    demo: true,
    publicUrl: 'http://localhost:3000',
    logLevel: 'warn',
    trustProxy: false,
  })
})

test('every variable is read, and a variable left empty counts as not set', () => {
  const config = readConfig({
    PORT: '8080',
    HOST: '0.0.0.0',
    DATA_DIR: '/srv/evertill',
    DATABASE_URL: 'postgres://shop:secret@db/shop',
    DEMO: '',
    PUBLIC_URL: 'https://pos.example.sg/',
    LOG_LEVEL: 'debug',
    TRUST_PROXY: 'on',
    METRICS_TOKEN: '0123456789abcdef',
    SMTP_URL: 'smtps://shop:secret@mail.example.sg',
    MAIL_FROM: 'receipts@example.sg',
  })
  expect(config).toEqual({
    port: 8080,
    host: '0.0.0.0',
    dataDir: '/srv/evertill',
    databaseUrl: 'postgres://shop:secret@db/shop',
    demo: false,
    publicUrl: 'https://pos.example.sg',
    logLevel: 'debug',
    trustProxy: true,
    metricsToken: '0123456789abcdef',
    mail: { smtpUrl: 'smtps://shop:secret@mail.example.sg', from: 'receipts@example.sg' },
  })
})

test('a server that other machines can reach is no demo unless asked', () => {
  expect(readConfig({ HOST: '0.0.0.0' }).demo).toBe(false)
  expect(readConfig({ HOST: '::1' }).demo).toBe(true)
  expect(readConfig({ HOST: '0.0.0.0', DEMO: 'on' }).demo).toBe(true)
})

test('the public address follows the port, and DEMO can be turned off', () => {
  expect(readConfig({ PORT: '3105', DEMO: 'off' })).toMatchObject({
    publicUrl: 'http://localhost:3105',
    demo: false,
  })
})

test.each([
  [{ PORT: 'abc' }, 'PORT must be a port number; it is "abc".'],
  [{ PORT: '70000' }, 'PORT must be a port number; it is "70000".'],
  [{ DEMO: 'yes' }, 'DEMO must be on or off; it is "yes".'],
  [
    { LOG_LEVEL: 'loud' },
    'LOG_LEVEL must be fatal, error, warn, info, debug, trace or silent; it is "loud".',
  ],
  [
    { DATABASE_URL: 'mysql://root:secret@db/x' },
    'DATABASE_URL must look like postgres://user:password@host:5432/database; it is "mysql://root:…@db/x".',
  ],
  [
    { DATABASE_URL: 'mysql://root:p@ss:w/rd@db/x' },
    'DATABASE_URL must look like postgres://user:password@host:5432/database; it is "mysql://root:…@db/x".',
  ],
  [
    { SMTP_URL: 'https://shop:secret@mail.example.sg', MAIL_FROM: 'receipts@example.sg' },
    'SMTP_URL must look like smtps://user:password@mail.example.com:465; it is "https://shop:…@mail.example.sg".',
  ],
  [
    { SMTP_URL: 'smtps://shop:50%off@mail.example.sg', MAIL_FROM: 'receipts@example.sg' },
    'SMTP_URL must have each % in its user or password written as %25; it is "smtps://shop:…@mail.example.sg".',
  ],
  [{ SMTP_URL: 'smtp://mail.example.sg' }, /set MAIL_FROM to the address/],
  [{ MAIL_FROM: 'receipts@example.sg' }, /set SMTP_URL to one, or leave both out/],
  [{ PUBLIC_URL: 'pos' }, 'PUBLIC_URL must look like https://pos.example.com; it is "pos".'],
  [{ PUBLIC_URL: 'https://example.sg/pos' }, 'PUBLIC_URL must have no path: set it to https://example.sg.'],
  [{ PUBLIC_URL: 'http://192.168.1.10:3000' }, /^PUBLIC_URL must begin with https:.*set it to https:\/\/192/],
  [{ PUBLIC_URL: 'https://pos.example.sg', DEMO: 'on' }, /set DEMO=off\.$/],
])('%o stops the boot with a sentence that says what to set', (env, sentence) => {
  expect(() => readConfig(env)).toThrow(BootError)
  expect(() => readConfig(env)).toThrow(sentence)
})
