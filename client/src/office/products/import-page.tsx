import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useOffice } from '../office-context.tsx'
import { BackLink } from '../parts/back-link.tsx'
import { Page } from '../parts/page.tsx'
import { ChooseFile } from './choose-file.tsx'
import { decodeFile } from './decode-file.ts'
import { type ChosenFile, FoundInFile } from './found-in-file.tsx'
import { ImportDone } from './import-done.tsx'

/** Choose a file, see what is in it, import it: three steps of one page, and nothing changes before the last. */
export function ImportPage() {
  const { api } = useOffice()
  const queryClient = useQueryClient()
  const { outlet } = useSearch({ from: '/desk' })
  const [chosen, setChosen] = useState<ChosenFile>()
  const look = useMutation({ mutationFn: (file: ChosenFile) => api.importProducts(file.csv, file, false) })
  const commit = useMutation({
    mutationFn: (file: ChosenFile) => api.importProducts(file.csv, file, true),
    onSuccess: () =>
      Promise.all(
        [['products'], ['product'], ['stock'], ['product-options']].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  })
  const lookAt = (file: ChosenFile) => {
    setChosen(file)
    commit.reset()
    look.mutate(file)
  }
  const open = async (file: File) => {
    const csv = decodeFile(new Uint8Array(await file.arrayBuffer()))
    lookAt({ name: file.name, csv, format: 'auto', outletId: outlet })
  }
  const startOver = () => {
    setChosen(undefined)
    look.reset()
    commit.reset()
  }

  return (
    <Page title="Import products" above={<BackLink to="/products">Products</BackLink>}>
      {chosen === undefined && <ChooseFile onFile={(file) => void open(file)} />}
      {chosen !== undefined && commit.data === undefined && (
        <FoundInFile
          file={chosen}
          look={look}
          commit={commit}
          onChange={lookAt}
          onImport={() => commit.mutate(chosen)}
          onOther={startOver}
        />
      )}
      {commit.data !== undefined && <ImportDone report={commit.data} onMore={startOver} />}
    </Page>
  )
}
