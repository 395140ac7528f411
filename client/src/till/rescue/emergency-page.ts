import './emergency.css'
import type { RescueScope } from '@evertill/shared/protocol/rescue'
import { APP_VERSION } from '../../app/version.ts'
import { codeOfTill } from '../../store/enrolment.ts'
import { openForRescue, type RescuableTill, rescuableTills } from '../../store/rescue.ts'
import type { TillDatabase } from '../../store/till-database.ts'
import { makeRescueFile } from '../../sync/rescue-file.ts'
import { downloadFile, shareFile, sharesFiles } from './save-file.ts'

// For when the app does not start: no React, no theme, no translations, and the database as it lies on the disk.

/** Shows what this browser keeps, and saves it to a file. `trouble` is what kept the app from starting. */
export async function mountEmergencyPage(trouble?: unknown): Promise<void> {
  const main = element('main', { className: 'emergency' })
  main.append(
    element('h1', { textContent: 'Save the sales in this browser' }),
    element('p', {
      textContent:
        trouble === undefined
          ? 'This page needs neither a network nor the rest of the till. Nothing is changed by saving.'
          : 'The till did not start. What was sold is still in this browser: do not clear its data. Try again; if it does not help, save the sales to a file and give it to head office.',
    }),
  )
  const again = element('a', { href: '/', textContent: 'Start the till again' })
  document.body.replaceChildren(main)
  document.title = 'Rescue · Evertill'
  const dark = matchMedia('(prefers-color-scheme: dark)')
  dark.addEventListener('change', () =>
    document.documentElement.setAttribute('data-mantine-color-scheme', dark.matches ? 'dark' : 'light'),
  )
  try {
    const db = await openForRescue()
    const tills = await rescuableTills(db)
    if (tills.length === 0) main.append(element('p', { textContent: 'This browser keeps no sales.' }))
    for (const till of tills) main.append(sectionOf(db, till))
  } catch (error) {
    main.append(
      element('p', { textContent: `The sales in this browser cannot be read just now (${textOf(error)}).` }),
    )
  }
  main.append(again)
  if (trouble !== undefined)
    main.append(element('p', { className: 'quiet', textContent: `What happened: ${textOf(trouble)}` }))
}

function sectionOf(db: TillDatabase, { till, current, unsent, kept }: RescuableTill): HTMLElement {
  const section = element('section', {})
  const status = element('p', { className: 'quiet' })
  status.setAttribute('role', 'status')
  const name = `${till.tillName} (${codeOfTill(till)})`
  section.append(
    element('h2', { textContent: current ? name : `${name}, an earlier till` }),
    element('p', {
      textContent: `${unsent} not received by head office, ${kept} kept in all. Head office imports the file under Tills; importing it twice counts once.`,
    }),
  )
  const offer = (scope: RescueScope, label: string) => {
    const button = element('button', { type: 'button', textContent: label })
    button.addEventListener('click', () => void save(db, till, scope, button, status))
    section.append(button)
  }
  if (unsent > 0) offer('unsent', `Save the ${unsent} unsent`)
  if (kept > 0) offer('all', `Save all ${kept}`)
  section.append(status)
  return section
}

async function save(
  db: TillDatabase,
  till: RescuableTill['till'],
  scope: RescueScope,
  button: HTMLButtonElement,
  status: HTMLElement,
): Promise<void> {
  button.disabled = true
  try {
    const file = await makeRescueFile(db, {
      till,
      scope,
      now: () => new Date(),
      appVersion: APP_VERSION,
      pause: () => new Promise((resolve) => setTimeout(resolve)),
      onProgress: (done, total) => {
        status.textContent = `Writing ${done} of ${total}`
      },
    })
    const shared = sharesFiles() && (await shareFile(file)) === 'shared'
    if (!shared) downloadFile(file)
    await file.saved()
    status.textContent = shared
      ? `The file was handed on. Entries in it: ${file.count}.`
      : `Saved ${file.count === 1 ? 'the one entry' : `all ${file.count} entries`} as ${file.name} in the downloads. Check that the file is there.`
  } catch (error) {
    status.textContent = `The file could not be written: ${textOf(error)}. Nothing was changed.`
  }
  button.disabled = false
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(tag), properties)
}
