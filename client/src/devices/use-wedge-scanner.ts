import { useEffect, useEffectEvent } from 'react'
import { flushSync } from 'react-dom'
import { scannerSettings } from './scanner-settings.ts'
import {
  afterScannerKey,
  afterScannerPause,
  afterScannerSilence,
  GIVE_UP_MS,
  NO_SCAN,
  PAUSE_MS,
  type ScannerState,
  type ScannerStep,
} from './wedge-scanner.ts'

/**
 * Hears the scanner wherever the focus is: none of its keys stays in a field, and its Enter or Tab presses nothing.
 * Of several that listen the one mounted last is told: a dialog that wants a code gets it before the screen below it.
 */
export function useWedgeScanner(onScan: (code: string) => void): void {
  const scanned = useEffectEvent(onScan)
  useEffect(() => {
    const hear = (code: string) => scanned(code)
    hearers.push(hear)
    const stop = keepListening()
    // What was scanned while this screen was on its way was meant for it.
    for (const scan of unheard) {
      unheard.delete(scan)
      hear(scan.code)
    }
    return () => {
      hearers.splice(hearers.lastIndexOf(hear), 1)
      stop()
    }
  }, [])
}

/** How long a screen that hears the scanner may be on its way: its code is fetched when it is gone to. */
const ON_ITS_WAY_MS = 1000

/**
 * Keeps a scan out of fields and from pressing anything where no screen wants one, and tells of it.
 * @param onUnheard told unless a screen that hears the scanner comes a moment later, and takes it
 */
export function useUnheardScans(onUnheard: (code: string, why?: string) => void): void {
  const told = useEffectEvent(onUnheard)
  useEffect(() => {
    const tell = (code: string, why?: string) => told(code, why)
    tellUnheard = tell
    const stop = keepListening()
    return () => {
      if (tellUnheard === tell) tellUnheard = undefined
      stop()
    }
  }, [])
}

const hearers: ((code: string) => void)[] = []
const unheard = new Set<{ readonly code: string }>()
let tellUnheard: ((code: string, why?: string) => void) | undefined

/** For what reads codes without keys, such as a camera: whoever hears the scanner now is told. */
export function hearScan(code: string): void {
  const hear = hearers.at(-1)
  if (hear !== undefined) {
    hear(code)
    return
  }
  const scan = { code }
  unheard.add(scan)
  setTimeout(() => {
    if (unheard.delete(scan)) tellUnheard?.(code)
  }, ON_ITS_WAY_MS)
}

/** For who hears a scan and has no use for it as things stand: it is told of as one that nobody hears, or says `why`. */
export const refuseScan = (code: string, why?: string): void => tellUnheard?.(code, why)

let listeners = 0
let stopListening: (() => void) | undefined

/** Listens as long as anyone does. @returns stops it */
function keepListening(): () => void {
  listeners += 1
  if (listeners === 1) stopListening = listen()
  return () => {
    listeners -= 1
    if (listeners === 0) stopListening?.()
  }
}

const takers = new Set<(since: number) => void>()

/**
 * Tells who takes keys without a field, such as a keypad, that those since then were a scanner's.
 * @returns stops it
 */
export function onScannerKeysTaken(take: (since: number) => void): () => void {
  takers.add(take)
  return () => takers.delete(take)
}

type TextField = HTMLInputElement | HTMLTextAreaElement

/** What a field held before a key went into it. */
interface Before {
  readonly at: number
  readonly field: TextField | undefined
  readonly value: string
}

function listen(): () => void {
  let state: ScannerState = NO_SCAN
  let befores: Before[] = []
  let timers: ReturnType<typeof setTimeout>[] = []
  let giving = false

  const follow = (step: ScannerStep, target: EventTarget | null) => {
    state = step.state
    if (step.act !== 'pass' && step.takeBackSince !== undefined) {
      const since = step.takeBackSince
      const before = befores.find(({ at }) => at >= since)
      if (before?.field !== undefined) setFieldValue(before.field, before.value)
      flushSync(() => {
        for (const take of takers) take(since)
      })
    }
    if (step.act === 'pass' && step.giveBack !== undefined) {
      giving = true
      typeInto(target, step.giveBack)
      giving = false
    }
    if (state.keys.length === 0) befores = []
    if (step.act === 'scanned') hearScan(step.code)
  }

  const onKey = (event: KeyboardEvent) => {
    if (giving) return
    for (const timer of timers) clearTimeout(timer)
    const isTyping = event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.repeat
    // What is none of a scanner's keys ends the code like any other.
    const key = isTyping ? 'Unidentified' : event.key
    const field = textFieldOf(event.target)
    const step = afterScannerKey(state, key, event.timeStamp, scannerSettings())
    if (step.act === 'pass') befores.push({ at: event.timeStamp, field, value: field?.value ?? '' })
    else {
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    follow(step, event.target)
    if (state.keys.length === 0) return
    const { target, timeStamp } = event
    timers = [
      setTimeout(() => {
        const over = afterScannerPause(state, timeStamp + PAUSE_MS, scannerSettings())
        if (over !== undefined) follow(over, target)
      }, PAUSE_MS),
      setTimeout(() => {
        const over = afterScannerSilence(state, scannerSettings())
        if (over !== undefined) follow(over, target)
      }, GIVE_UP_MS),
    ]
  }
  window.addEventListener('keydown', onKey, true)
  return () => {
    window.removeEventListener('keydown', onKey, true)
    for (const timer of timers) clearTimeout(timer)
  }
}

const textFieldOf = (target: EventTarget | null): TextField | undefined =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : undefined

/** What looked like a scan and was none: it goes where it would have gone. */
function typeInto(target: EventTarget | null, text: string): void {
  const field = textFieldOf(target)
  if (field !== undefined) {
    const from = field.selectionStart ?? field.value.length
    setFieldValue(field, field.value.slice(0, from) + text + field.value.slice(field.selectionEnd ?? from))
    return
  }
  // One by one, as from a keyboard: each has to see what the one before it did.
  for (const key of text)
    flushSync(() => {
      target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    })
}

/** React listens to the native setter, not to an assignment. */
function setFieldValue(field: TextField, value: string): void {
  const prototype =
    field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, value)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
