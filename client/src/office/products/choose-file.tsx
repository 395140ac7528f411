import { Button, Group } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { download } from '../parts/download.ts'
import { FileDrop } from './file-drop.tsx'
import { PRODUCT_FILE_TEMPLATE } from './product-file.ts'

export function ChooseFile({ onFile }: { onFile: (file: File) => void }) {
  return (
    <>
      <FileDrop onFile={onFile} />
      <Group>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => download('products-template.csv', PRODUCT_FILE_TEMPLATE)}
        >
          Download a template
        </Button>
      </Group>
    </>
  )
}
