import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [
    {
      name: 'lua as text',
      transform: (code, id) => (id.endsWith('.lua') ? `export default ${JSON.stringify(code)}` : undefined),
    },
  ],
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    globalSetup: 'test/build.ts', // the end-to-end tests run the real program
    testTimeout: 60_000,
  },
});
