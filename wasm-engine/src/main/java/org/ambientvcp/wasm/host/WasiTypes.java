package org.ambientvcp.wasm.host;

import static java.util.Map.entry;

import java.util.Map;

/// Names and types of all functions of WASI preview 1, and its error numbers.
public final class WasiTypes {
    static final String MODULE = "wasi_snapshot_preview1";

    public static final int SUCCESS = 0;
    public static final int BADF = 8;
    public static final int FAULT = 21;
    public static final int INVAL = 28;
    public static final int NOSYS = 52;
    public static final int SPIPE = 70;

    static final Map<String, String> TYPES = Map.ofEntries(
            entry("args_get", "(i32, i32) -> i32"),
            entry("args_sizes_get", "(i32, i32) -> i32"),
            entry("environ_get", "(i32, i32) -> i32"),
            entry("environ_sizes_get", "(i32, i32) -> i32"),
            entry("clock_res_get", "(i32, i32) -> i32"),
            entry("clock_time_get", "(i32, i64, i32) -> i32"),
            entry("fd_advise", "(i32, i64, i64, i32) -> i32"),
            entry("fd_allocate", "(i32, i64, i64) -> i32"),
            entry("fd_close", "(i32) -> i32"),
            entry("fd_datasync", "(i32) -> i32"),
            entry("fd_fdstat_get", "(i32, i32) -> i32"),
            entry("fd_fdstat_set_flags", "(i32, i32) -> i32"),
            entry("fd_fdstat_set_rights", "(i32, i64, i64) -> i32"),
            entry("fd_filestat_get", "(i32, i32) -> i32"),
            entry("fd_filestat_set_size", "(i32, i64) -> i32"),
            entry("fd_filestat_set_times", "(i32, i64, i64, i32) -> i32"),
            entry("fd_pread", "(i32, i32, i32, i64, i32) -> i32"),
            entry("fd_prestat_get", "(i32, i32) -> i32"),
            entry("fd_prestat_dir_name", "(i32, i32, i32) -> i32"),
            entry("fd_pwrite", "(i32, i32, i32, i64, i32) -> i32"),
            entry("fd_read", "(i32, i32, i32, i32) -> i32"),
            entry("fd_readdir", "(i32, i32, i32, i64, i32) -> i32"),
            entry("fd_renumber", "(i32, i32) -> i32"),
            entry("fd_seek", "(i32, i64, i32, i32) -> i32"),
            entry("fd_sync", "(i32) -> i32"),
            entry("fd_tell", "(i32, i32) -> i32"),
            entry("fd_write", "(i32, i32, i32, i32) -> i32"),
            entry("path_create_directory", "(i32, i32, i32) -> i32"),
            entry("path_filestat_get", "(i32, i32, i32, i32, i32) -> i32"),
            entry("path_filestat_set_times", "(i32, i32, i32, i32, i64, i64, i32) -> i32"),
            entry("path_link", "(i32, i32, i32, i32, i32, i32, i32) -> i32"),
            entry("path_open", "(i32, i32, i32, i32, i32, i64, i64, i32, i32) -> i32"),
            entry("path_readlink", "(i32, i32, i32, i32, i32, i32) -> i32"),
            entry("path_remove_directory", "(i32, i32, i32) -> i32"),
            entry("path_rename", "(i32, i32, i32, i32, i32, i32) -> i32"),
            entry("path_symlink", "(i32, i32, i32, i32, i32) -> i32"),
            entry("path_unlink_file", "(i32, i32, i32) -> i32"),
            entry("poll_oneoff", "(i32, i32, i32, i32) -> i32"),
            entry("proc_exit", "(i32) -> ()"),
            entry("proc_raise", "(i32) -> i32"),
            entry("sched_yield", "() -> i32"),
            entry("random_get", "(i32, i32) -> i32"),
            entry("sock_accept", "(i32, i32, i32) -> i32"),
            entry("sock_recv", "(i32, i32, i32, i32, i32, i32) -> i32"),
            entry("sock_send", "(i32, i32, i32, i32, i32) -> i32"),
            entry("sock_shutdown", "(i32, i32) -> i32"));

    private WasiTypes() {}
}
