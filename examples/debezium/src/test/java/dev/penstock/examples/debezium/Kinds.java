package dev.penstock.examples.debezium;

import java.util.List;

final class Kinds {
    static final String DECLARED =
            "columns: { id: int64, b: boolean, i2: int16, i4: int32, f4: float32, f8: float64, n: 'decimal(10,2)', big: 'decimal(30,5)', free: string, t: string, v: string, c: string, by: bytes, d: date, tm: time, tz: string, ts: local-timestamp, tsz: timestamp, iv: int64, u: uuid, j: json, jb: json, ai: 'list<int32>', at: 'list<string>', an: 'list<decimal(8,3)>', e: string, x: string, inet: string, bits: bytes, rng: string, pt: 'struct<x:float64,y:float64,wkb:bytes>', hs: 'map<string,string>' }";

    static List<Object> full(String p) {
        return List.of();
    }
}
