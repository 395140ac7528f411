import { useMantineColorScheme } from '@mantine/core'
import { createContext, useContext, useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react'
import { browserStorage } from '../../app/browser-storage.ts'
import { speak } from '../../app/i18n.ts'
import { createPreferences, type PreferenceStore, type Preferences } from '../../app/preferences.ts'
import { soundsOn } from '../../devices/sound.ts'

export const PreferencesContext = createContext<PreferenceStore | undefined>(undefined)

export function usePreferenceStore(): PreferenceStore {
  const store = useContext(PreferencesContext)
  if (store === undefined) throw new Error('this part was rendered outside the till')
  return store
}

/** How this person likes the till, or how the till has it where nobody is signed in. */
export const usePreferences = (store: PreferenceStore, staffId: string | undefined): Preferences =>
  useSyncExternalStore(store.subscribe, () => store.of(staffId))

/** The browser's own store of them, for the life of the page. */
export function useBrowserPreferences(): PreferenceStore {
  const [store] = useState(() => createPreferences(browserStorage()))
  return store
}

/**
 * Makes the page look, speak and sound as they say.
 * @returns whether the words of the first language are here: before that nothing should be shown
 */
export function useApplied({ language, theme, textSize, hand, sounds }: Preferences): boolean {
  const { setColorScheme } = useMantineColorScheme()
  const [spoken, setSpoken] = useState(language === 'en')
  useEffect(() => {
    let current = true
    void speak(language).then(() => current && setSpoken(true))
    return () => {
      current = false
    }
  }, [language])
  useLayoutEffect(() => {
    const page = document.documentElement.dataset
    page.textSize = textSize
    page.hand = hand
  }, [textSize, hand])
  // biome-ignore lint/correctness/useExhaustiveDependencies: Mantine makes the function anew at every render
  useEffect(() => setColorScheme(theme), [theme])
  useEffect(() => soundsOn(sounds), [sounds])
  return spoken
}
