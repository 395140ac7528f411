import { Button, Group } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { download } from '../parts/download.ts'
import { FileDrop } from './file-drop.tsx'
import { PRODUCT_FILE_TEMPLATE } from './product-file.ts'

export function ChooseFile({ onFile }: { onFile: (file: File) => void }) {
  return (
    <>
      <FileDrop
        onFile={onFile}
        title="Drop a CSV file here, or choose one"
        label="CSV file"
        accept=".csv,text/csv,text/plain"
      >
        Our own columns, or the product export of Shopify or WooCommerce as it comes. Nothing is changed
        before you have seen what is in it.
      </FileDrop>
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
