interface Head {
  /** Escaped. */
  title: string
  /** Content-Security-Policy: what may run and load. */
  policy: string
  style: string
}

/** The beginning of a page that needs nothing else: up to the body. */
export function headOf({ title, policy, style }: Head): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>`
}
