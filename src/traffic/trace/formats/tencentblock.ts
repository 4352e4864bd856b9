import { fixedTable } from './fixedtable.ts';

/** Tencent cloud block storage (SNIA IOTTA 27917): second, offset, size, 0 for reads and 1 for writes, volume. */
export const tencentBlock = fixedTable({
  name: 'tencent-block',
  title: 'Tencent block storage trace',
  about: 'Requests to the cloud block storage of Tencent; the key is the volume',
  columns: 'time offset size operation volume',
  roles: { time: ['time'], timeUnit: 's', key: ['volume'] },
  row: /^1[45]\d{8},\d+,\d+,[01],\d+$/,
});
