import './emergency.css'
import type { RescueScope } from '@evertill/shared/protocol/rescue'
import { LANGUAGE_NAMES, LANGUAGES, type Language, localeOf } from '../../app/locale.ts'
import { nextTask } from '../../app/next-task.ts'
import { createPreferences } from '../../app/preferences.ts'
import { APP_VERSION } from '../../app/version.ts'
import { codeOfTill } from '../../store/enrolment.ts'
import { openForRescue, type RescuableTill, rescuableTills } from '../../store/rescue.ts'
import type { TillDatabase } from '../../store/till-database.ts'
import { makeRescueFile } from '../../sync/rescue-file.ts'
import { EMERGENCY_WORDS, type EmergencyWords } from './emergency-words.ts'
import { downloadFile, shareFile, sharesFiles } from './save-file.ts'

// For when the app does not start: no React, no theme, words of its own, and the database as it lies on the disk.

type Found =
  | { readonly db: TillDatabase; readonly tills: readonly RescuableTill[] }
  | { readonly error: unknown }

/** How far the file of a till is: in whichever language it is said, also when that is changed meanwhile. */
interface Saving {
  busy: boolean
  said?: (words: EmergencyWords) => string
  /** On the page as it stands. */
  show: () => void
}

/** Shows what this browser keeps, and saves it to a file. `trouble` is what kept the app from starting. */
export async function mountEmergencyPage(trouble?: unknown): Promise<void> {
  const dark = matchMedia('(prefers-color-scheme: dark)')
  dark.addEventListener('change', () =>
    document.documentElement.setAttribute('data-mantine-color-scheme', dark.matches ? 'dark' : 'light'),
  )
  let found: Found | undefined
  let language = likelyLanguage()
  const savings = new Map<string, Saving>()
  const show = () => {
    document.documentElement.lang = localeOf(language)
    document.title = `${EMERGENCY_WORDS[language].title} · Evertill`
    const speak = (chosen: Language) => {
      language = chosen
      show()
      document.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus()
    }
    document.body.replaceChildren(
      pageOf(EMERGENCY_WORDS[language], found, trouble, languagesOf(language, speak), savings),
    )
  }
  show()
  found = await look()
  show()
}

async function look(): Promise<Found> {
  try {
    const db = await openForRescue()
    return { db, tills: await rescuableTills(db) }
  } catch (error) {
    return { error }
  }
}

/** The till's own, else the device's. */
function likelyLanguage(): Language {
  const ofTill = (() => {
    try {
      return createPreferences(localStorage).of(undefined).language
    } catch {
      return 'en'
    }
  })()
  if (ofTill !== 'en') return ofTill
  return LANGUAGES.find((language) => navigator.language.toLowerCase().split('-')[0] === language) ?? 'en'
}

function pageOf(
  words: EmergencyWords,
  found: Found | undefined,
  trouble: unknown,
  languages: HTMLElement,
  savings: Map<string, Saving>,
): HTMLElement {
  const main = element('main', { className: 'emergency' })
  main.append(
    languages,
    element('h1', { textContent: words.title }),
    element('p', { textContent: trouble === undefined ? words.calm : words.notStarted }),
  )
  if (found !== undefined && 'error' in found)
    main.append(element('p', { textContent: words.unread(textOf(found.error)) }))
  if (found !== undefined && 'db' in found) {
    if (found.tills.length === 0) main.append(element('p', { textContent: words.none }))
    for (const till of found.tills) {
      const { tillId } = till.till
      const saving = savings.get(tillId) ?? { busy: false, show: () => {} }
      savings.set(tillId, saving)
      main.append(sectionOf(words, found.db, till, saving))
    }
  }
  main.append(element('a', { href: '/', textContent: words.startAgain }))
  if (trouble !== undefined)
    main.append(element('p', { className: 'quiet', textContent: words.happened(textOf(trouble)) }))
  return main
}

/** Four names, each in its own script: whoever needs it can read it. */
function languagesOf(current: Language, speak: (language: Language) => void): HTMLElement {
  const group = element('div', { className: 'languages' })
  group.setAttribute('role', 'group')
  group.setAttribute('aria-label', 'Language · 语言 · Bahasa · மொழி')
  for (const language of LANGUAGES) {
    const button = element('button', { type: 'button', textContent: LANGUAGE_NAMES[language] })
    button.lang = localeOf(language)
    button.setAttribute('aria-pressed', String(language === current))
    button.addEventListener('click', () => speak(language))
    group.append(button)
  }
  return group
}

function sectionOf(
  words: EmergencyWords,
  db: TillDatabase,
  { till, current, unsent, kept }: RescuableTill,
  saving: Saving,
): HTMLElement {
  const section = element('section', {})
  const status = element('p', { className: 'quiet' })
  status.setAttribute('role', 'status')
  const name = `${till.tillName} (${codeOfTill(till)})`
  section.append(
    element('h2', { textContent: current ? name : words.earlier(name) }),
    element('p', { textContent: words.counts(unsent, kept) }),
  )
  const buttons: HTMLButtonElement[] = []
  const offer = (scope: RescueScope, label: string) => {
    const button = element('button', { type: 'button', textContent: label })
    button.addEventListener('click', () => void save(db, till, scope, saving))
    section.append(button)
    buttons.push(button)
  }
  if (unsent > 0) offer('unsent', words.saveUnsent(unsent))
  if (kept > 0) offer('all', words.saveAll(kept))
  section.append(status)
  saving.show = () => {
    status.textContent = saving.said?.(words) ?? ''
    for (const button of buttons) button.disabled = saving.busy
  }
  saving.show()
  return section
}

async function save(
  db: TillDatabase,
  till: RescuableTill['till'],
  scope: RescueScope,
  saving: Saving,
): Promise<void> {
  const say = (said: (words: EmergencyWords) => string, busy = false) => {
    saving.said = said
    saving.busy = busy
    saving.show()
  }
  saving.busy = true
  saving.show()
  try {
    const file = await makeRescueFile(db, {
      till,
      scope,
      now: () => new Date(),
      appVersion: APP_VERSION,
      pause: nextTask,
      onProgress: (done, total) => say((words) => words.writing(done, total), true),
    })
    const shared = sharesFiles() && (await shareFile(file)) === 'shared'
    if (!shared) downloadFile(file)
    await file.saved()
    say((words) => (shared ? words.handedOn(file.count) : words.saved(file.count, file.name)))
  } catch (error) {
    say((words) => words.notWritten(textOf(error)))
  }
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
): HTMLElementTagNameMap[K] {
  return Object.assign(document.createElement(tag), properties)
}
