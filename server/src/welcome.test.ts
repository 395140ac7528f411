import { expect, test } from 'vitest'
import { welcome } from './welcome.ts'

const publicUrl = 'http://localhost:3000'
const demo = {
  companyName: 'Corner Shop',
  office: { email: 'owner@shop.example', password: 'open-sesame' },
  staff: [
    { name: 'Ann', role: 'Owner', pin: '8888' },
    { name: 'Bob', role: 'Cashier', pin: '1111' },
  ],
  outlets: [{ outletId: 'o1', code: 'CS', name: 'Corner' }],
  tills: [
    { tillId: 't1', name: 'Counter 1', outletName: 'Corner', code: 'ABCD-EFGH', expiresAt: new Date(0) },
  ],
}

test('the demo is told with its sign-in, its PINs and a link that enrols this browser', () => {
  expect(welcome({ publicUrl, demo, setupCode: undefined })).toBe(
    [
      'Evertill serves http://localhost:3000',
      '',
      'Head office           http://localhost:3000/office',
      '  sign in as          owner@shop.example',
      '  password            open-sesame',
      '',
      'Make this browser a till (Counter 1, Corner):',
      '                      http://localhost:3000/enrol#ABCD-EFGH',
      '  PINs                8888  Ann, owner',
      '                      1111  Bob, cashier',
      '',
      'This is the demo of Corner Shop: DEMO=off on an empty database begins with your own company.',
      '',
      'Ctrl-C stops it.',
    ].join('\n'),
  )
})

test('a password that was changed is not told', () => {
  const changed = { ...demo, office: { ...demo.office, password: null } }
  expect(welcome({ publicUrl, demo: changed, setupCode: undefined })).toContain('the one you changed it to')
})

test('an empty database begins with a company', () => {
  const text = welcome({ publicUrl, demo: undefined, setupCode: 'ABCD-EFGH' })
  expect(text).toContain('Create your company:  http://localhost:3000/office/first-run#ABCD-EFGH')
  expect(text).not.toContain('PIN')
})
