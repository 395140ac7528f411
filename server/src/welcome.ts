import type { DemoSummary } from './office/demo/seed-demo.ts'
import { enrolmentLink } from './office/tills.ts'

export type Welcome = {
  publicUrl: string
  demo: DemoSummary | undefined
  /** Undefined once a company exists. */
  setupCode: string | undefined
}

/** What the person at the terminal is told once the server answers. */
export function welcome({ publicUrl, demo, setupCode }: Welcome): string {
  const lines = [`Evertill serves ${publicUrl}`]
  if (setupCode !== undefined)
    lines.push('', `Create your company:  ${publicUrl}/office/first-run#${setupCode}`)
  else lines.push('', `Head office           ${publicUrl}/office`)
  if (demo !== undefined) lines.push(...demoLines(publicUrl, demo))
  lines.push('', 'Ctrl-C stops it.')
  return lines.join('\n')
}

function demoLines(publicUrl: string, demo: DemoSummary): string[] {
  const [till] = demo.tills
  const { email, password } = demo.office
  return [
    `  sign in as          ${email}`,
    `  password            ${password ?? 'the one you changed it to'}`,
    ...(till
      ? [
          '',
          `Make this browser a till (${till.name}, ${till.outletName}):`,
          `                      ${enrolmentLink(publicUrl, till.code)}`,
        ]
      : []),
    ...demo.staff.map(
      ({ name, role, pin }, n) =>
        `  ${n === 0 ? 'PINs' : '    '}                ${pin}  ${name}, ${role.toLowerCase()}`,
    ),
    '',
    `This is the demo of ${demo.companyName}: DEMO=off on an empty database begins with your own company.`,
  ]
}
