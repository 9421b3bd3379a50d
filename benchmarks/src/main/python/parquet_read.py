"""The rows of a Parquet file in batches, as Arrow reads it, one thread: source, how many times."""

import sys
import time

import pyarrow as pa
import pyarrow.parquet as pq


def read(source):
    return sum(batch.num_rows for batch in pq.ParquetFile(source).iter_batches(4096, use_threads=False))


def main():
    source, times = sys.argv[1], int(sys.argv[2])
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    for _ in range(max(1, times // 2)):
        read(source)
    wall, cpu = time.perf_counter(), time.process_time()
    rows = sum(read(source) for _ in range(times))
    print(f"measured units={float(rows)} seconds={time.perf_counter() - wall:.6f} cpu={time.process_time() - cpu:.6f}")


main()
