import type { RescueScope } from '@evertill/shared/protocol/rescue'
import { useState } from 'react'
import { nextTask } from '../../app/next-task.ts'
import { APP_VERSION } from '../../app/version.ts'
import type { NamedTill } from '../../store/till.ts'
import { makeRescueFile, type RescueFile } from '../../sync/rescue-file.ts'
import { useServices } from '../till-context.tsx'
import { downloadFile, shareFile, sharesFiles } from './save-file.ts'

/*
 *   idle ─▶ making ─▶ saved                the file went into the downloads, or through the share sheet
 *              ├────▶ ready ─▶ saved       a phone wants another tap to share it, or the sheet was closed
 *              └────▶ failed
 */
export type RescueState =
  | { readonly code: 'idle' }
  | { readonly code: 'making'; readonly done: number; readonly total: number }
  | { readonly code: 'ready'; readonly file: RescueFile }
  | { readonly code: 'saved'; readonly file: RescueFile; readonly how: 'downloaded' | 'shared' }
  | { readonly code: 'failed'; readonly message: string }

export function useRescue(till: NamedTill) {
  const { db, now } = useServices()
  const [state, setState] = useState<RescueState>({ code: 'idle' })

  const saved = async (file: RescueFile, how: 'downloaded' | 'shared') => {
    await file.saved()
    setState({ code: 'saved', file, how })
  }
  const share = async (file: RescueFile) => {
    const outcome = await shareFile(file)
    if (outcome === 'shared') await saved(file, 'shared')
    else if (outcome === 'failed') await download(file)
    else setState({ code: 'ready', file })
  }
  const download = async (file: RescueFile) => {
    downloadFile(file)
    await saved(file, 'downloaded')
  }
  const start = async (scope: RescueScope) => {
    setState({ code: 'making', done: 0, total: 0 })
    try {
      const file = await makeRescueFile(db, {
        till,
        scope,
        now,
        appVersion: APP_VERSION,
        pause: nextTask,
        onProgress: (done, total) => setState({ code: 'making', done, total }),
      })
      await (sharesFiles() ? share(file) : download(file))
    } catch (error) {
      setState({ code: 'failed', message: error instanceof Error ? error.message : String(error) })
    }
  }
  return { state, start, share, download }
}
