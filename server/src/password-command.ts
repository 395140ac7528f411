import { hashPassword } from 'better-auth/crypto'
import type { Sql } from './db/connect.ts'
import { makePasswordAt } from './office/people/sign-ins.ts'
import { runCommand } from './run-command.ts'

// npm run password -- mei@example.com: a way in for who has forgotten theirs, where nobody is left to make a new one.

const [, , email = ''] = process.argv

runCommand({ name: 'password', failed: 'No password could be made', run: makeOne })

async function makeOne(sql: Sql): Promise<boolean> {
  if (!email.includes('@')) {
    console.error('Whose? Say the address that they sign in with: npm run password -- mei@example.com')
    return false
  }
  const made = await makePasswordAt({ sql, now: () => new Date(), auth: { hashPassword } }, email)
  if (made === undefined) {
    console.error(`Nobody signs in to head office as ${email}. Nothing was changed.`)
    return false
  }
  if ('refused' in made) {
    console.error(made.refused.message)
    return false
  }
  console.log(`${made.name} of ${made.companyName} signs in with this password once, and then chooses another:

    ${made.password}

Whoever was signed in with the one before is signed out. The audit log says that it was made here.`)
  return true
}
