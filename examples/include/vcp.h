// The host functions a sandboxed program may import, module name "vcp".
//
// Pointers are offsets into the program's own memory. The host traps on a range outside that memory.
#ifndef VCP_H
#define VCP_H

#include <stdint.h>

#define VCP_IMPORT(function) __attribute__((import_module("vcp"), import_name(function)))
#define VCP_EXPORT(function) __attribute__((export_name(function)))

// Size of the task's input in bytes.
VCP_IMPORT("input_size") int32_t vcp_input_size(void);

// Copies at most `length` input bytes from `offset` on to `target`; returns how many were copied.
VCP_IMPORT("input_read") int32_t vcp_input_read(void *target, int32_t offset, int32_t length);

// Appends `length` bytes to the task's output.
VCP_IMPORT("output_write") void vcp_output_write(const void *bytes, int32_t length);

#endif
