"""The rows of a Parquet file, written again as Arrow does it, one thread: source, target, how many files."""

import sys
import time

import pyarrow as pa
import pyarrow.parquet as pq


def write(table, target):
    pq.write_table(table, target, compression="zstd", compression_level=1, row_group_size=160_000)


def main():
    source, target, files = sys.argv[1], sys.argv[2], int(sys.argv[3])
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    table = pq.read_table(source, use_threads=False).combine_chunks()
    for _ in range(max(1, files // 2)):
        write(table, target)
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(files):
        write(table, target)
    print(
        f"measured units={float(table.num_rows * files)} seconds={time.perf_counter() - wall:.6f}"
        f" cpu={time.process_time() - cpu:.6f}"
    )


main()
