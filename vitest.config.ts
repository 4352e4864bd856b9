import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    globalSetup: 'test/build.ts', // the end-to-end tests run the real program
    testTimeout: 60_000,
  },
});
