import { describe, expect, test } from 'vitest'
import { createPreferences } from './preferences.ts'

/** What localStorage does, without a browser. */
function memory(entries: Record<string, string> = {}) {
  const kept = new Map(Object.entries(entries))
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
}

describe('preferences', () => {
  test('a cashier who chose nothing has what the till has', () => {
    const preferences = createPreferences(memory())
    preferences.change(undefined, { language: 'zh', textSize: 'large' })
    preferences.change('mei', { textSize: 'largest' })
    expect(preferences.of('mei')).toMatchObject({ language: 'zh', textSize: 'largest', hand: 'right' })
    expect(preferences.of('raj')).toMatchObject({ language: 'zh', textSize: 'large' })
    expect(preferences.of(undefined)).toMatchObject({ language: 'zh', textSize: 'large' })
  })

  test('what was chosen is there after a restart', () => {
    const storage = memory()
    createPreferences(storage).change('mei', { sounds: false, hand: 'left' })
    expect(createPreferences(storage).of('mei')).toMatchObject({ sounds: false, hand: 'left' })
  })

  test('what cannot be read leaves the rest as it is', () => {
    const stored = { till: { language: 'klingon' }, staff: { mei: { theme: 'dark' }, raj: 7 } }
    const preferences = createPreferences(memory({ 'evertill-preferences': JSON.stringify(stored) }))
    expect(preferences.of(undefined).language).toBe('en')
    expect(preferences.of('mei').theme).toBe('dark')
    expect(preferences.of('raj').theme).toBe('auto')
    expect(createPreferences(memory({ 'evertill-preferences': '{' })).of('mei').theme).toBe('auto')
  })

  test('a browser that refuses storage keeps choices as long as the page lives', () => {
    const preferences = createPreferences({
      getItem: () => {
        throw new Error('refused')
      },
      setItem: () => {
        throw new Error('refused')
      },
    })
    preferences.change('mei', { theme: 'dark' })
    expect(preferences.of('mei').theme).toBe('dark')
  })

  test('whoever listens is told, and sees the same object until something changes', () => {
    const preferences = createPreferences(memory())
    let told = 0
    const stop = preferences.subscribe(() => told++)
    const before = preferences.of('mei')
    expect(preferences.of('mei')).toBe(before)
    preferences.change('mei', { hand: 'left' })
    expect(preferences.of('mei')).not.toBe(before)
    stop()
    preferences.change('mei', { hand: 'right' })
    expect(told).toBe(1)
  })
})
