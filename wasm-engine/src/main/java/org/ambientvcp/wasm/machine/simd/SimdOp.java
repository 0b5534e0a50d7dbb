package org.ambientvcp.wasm.machine.simd;

import static org.ambientvcp.wasm.machine.simd.Shape.*;

import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/// The functions that SIMD instructions are made of, see [Shape]. Number 0 to 0xff is the opcode behind the prefix 0xfd
/// of the first instruction that has the function; 0x100 more is the function for the upper half of its result, where
/// that is another one. Instructions on the upper lanes (`extend_high`, `extmul_high`) use the functions of those on
/// the
/// lower ones. Instructions without a function of their own are made of others.
@SuppressWarnings("ImmutableEnumChecker") // its functions are static methods
public enum SimdOp {
    I8X16_SHUFFLE(0x0d, SHUFFLE, CrossLanes.class, "shuffle", CrossLanes::shuffle),
    I8X16_SWIZZLE(0x0e, SWIZZLE, CrossLanes.class, "swizzle", CrossLanes::swizzle),
    I8X16_SPLAT(0x0f, SPLAT, ByteLanes.class, "splat", ByteLanes::splat),
    I16X8_SPLAT(0x10, SPLAT, ShortLanes.class, "splat", ShortLanes::splat),
    I32X4_SPLAT(0x11, SPLAT, IntLanes.class, "splat", IntLanes::splat),
    I8X16_REPLACE_LANE(0x17, REPLACE, ByteLanes.class, "replace", ByteLanes::replace),
    I16X8_REPLACE_LANE(0x1a, REPLACE, ShortLanes.class, "replace", ShortLanes::replace),
    I32X4_REPLACE_LANE(0x1c, REPLACE, IntLanes.class, "replace", IntLanes::replace),
    I8X16_EQ(0x23, BINARY, ByteLanes.class, "equal", ByteLanes::equal),
    I8X16_NE(0x24, BINARY, ByteLanes.class, "notEqual", ByteLanes::notEqual),
    I8X16_LT_S(0x25, BINARY, ByteLanes.class, "lessS", ByteLanes::lessS),
    I8X16_LT_U(0x26, BINARY, ByteLanes.class, "lessU", ByteLanes::lessU),
    I8X16_GT_S(0x27, BINARY, ByteLanes.class, "greaterS", ByteLanes::greaterS),
    I8X16_GT_U(0x28, BINARY, ByteLanes.class, "greaterU", ByteLanes::greaterU),
    I8X16_LE_S(0x29, BINARY, ByteLanes.class, "lessOrEqualS", ByteLanes::lessOrEqualS),
    I8X16_LE_U(0x2a, BINARY, ByteLanes.class, "lessOrEqualU", ByteLanes::lessOrEqualU),
    I8X16_GE_S(0x2b, BINARY, ByteLanes.class, "greaterOrEqualS", ByteLanes::greaterOrEqualS),
    I8X16_GE_U(0x2c, BINARY, ByteLanes.class, "greaterOrEqualU", ByteLanes::greaterOrEqualU),
    I16X8_EQ(0x2d, BINARY, ShortLanes.class, "equal", ShortLanes::equal),
    I16X8_NE(0x2e, BINARY, ShortLanes.class, "notEqual", ShortLanes::notEqual),
    I16X8_LT_S(0x2f, BINARY, ShortLanes.class, "lessS", ShortLanes::lessS),
    I16X8_LT_U(0x30, BINARY, ShortLanes.class, "lessU", ShortLanes::lessU),
    I16X8_GT_S(0x31, BINARY, ShortLanes.class, "greaterS", ShortLanes::greaterS),
    I16X8_GT_U(0x32, BINARY, ShortLanes.class, "greaterU", ShortLanes::greaterU),
    I16X8_LE_S(0x33, BINARY, ShortLanes.class, "lessOrEqualS", ShortLanes::lessOrEqualS),
    I16X8_LE_U(0x34, BINARY, ShortLanes.class, "lessOrEqualU", ShortLanes::lessOrEqualU),
    I16X8_GE_S(0x35, BINARY, ShortLanes.class, "greaterOrEqualS", ShortLanes::greaterOrEqualS),
    I16X8_GE_U(0x36, BINARY, ShortLanes.class, "greaterOrEqualU", ShortLanes::greaterOrEqualU),
    I32X4_EQ(0x37, BINARY, IntLanes.class, "equal", IntLanes::equal),
    I32X4_NE(0x38, BINARY, IntLanes.class, "notEqual", IntLanes::notEqual),
    I32X4_LT_S(0x39, BINARY, IntLanes.class, "lessS", IntLanes::lessS),
    I32X4_LT_U(0x3a, BINARY, IntLanes.class, "lessU", IntLanes::lessU),
    I32X4_GT_S(0x3b, BINARY, IntLanes.class, "greaterS", IntLanes::greaterS),
    I32X4_GT_U(0x3c, BINARY, IntLanes.class, "greaterU", IntLanes::greaterU),
    I32X4_LE_S(0x3d, BINARY, IntLanes.class, "lessOrEqualS", IntLanes::lessOrEqualS),
    I32X4_LE_U(0x3e, BINARY, IntLanes.class, "lessOrEqualU", IntLanes::lessOrEqualU),
    I32X4_GE_S(0x3f, BINARY, IntLanes.class, "greaterOrEqualS", IntLanes::greaterOrEqualS),
    I32X4_GE_U(0x40, BINARY, IntLanes.class, "greaterOrEqualU", IntLanes::greaterOrEqualU),
    F32X4_EQ(0x41, BINARY, FloatLanes.class, "equal", FloatLanes::equal),
    F32X4_NE(0x42, BINARY, FloatLanes.class, "notEqual", FloatLanes::notEqual),
    F32X4_LT(0x43, BINARY, FloatLanes.class, "less", FloatLanes::less),
    F32X4_GT(0x44, BINARY, FloatLanes.class, "greater", FloatLanes::greater),
    F32X4_LE(0x45, BINARY, FloatLanes.class, "lessOrEqual", FloatLanes::lessOrEqual),
    F32X4_GE(0x46, BINARY, FloatLanes.class, "greaterOrEqual", FloatLanes::greaterOrEqual),
    F64X2_EQ(0x47, BINARY, DoubleLanes.class, "equal", DoubleLanes::equal),
    F64X2_NE(0x48, BINARY, DoubleLanes.class, "notEqual", DoubleLanes::notEqual),
    F64X2_LT(0x49, BINARY, DoubleLanes.class, "less", DoubleLanes::less),
    F64X2_GT(0x4a, BINARY, DoubleLanes.class, "greater", DoubleLanes::greater),
    F64X2_LE(0x4b, BINARY, DoubleLanes.class, "lessOrEqual", DoubleLanes::lessOrEqual),
    F64X2_GE(0x4c, BINARY, DoubleLanes.class, "greaterOrEqual", DoubleLanes::greaterOrEqual),
    V128_NOT(0x4d, UNARY, LongLanes.class, "not", LongLanes::not),
    V128_ANDNOT(0x4f, BINARY, LongLanes.class, "andNot", LongLanes::andNot),
    V128_BITSELECT(0x52, TERNARY, LongLanes.class, "bitSelect", LongLanes::bitSelect),
    V128_ANY_TRUE(0x53, TEST, LongLanes.class, "anyTrue", LongLanes::anyTrue),
    F32X4_DEMOTE_F64X2_ZERO(0x5e, NARROW_ZERO, FloatLanes.class, "demote", FloatLanes::demote),
    F64X2_PROMOTE_LOW_F32X4(0x5f, EXTEND, DoubleLanes.class, "promoteLow", DoubleLanes::promoteLow),
    F64X2_PROMOTE_LOW_F32X4_HIGH(0x15f, EXTEND, DoubleLanes.class, "promoteHigh", DoubleLanes::promoteHigh),
    I8X16_ABS(0x60, UNARY, ByteLanes.class, "absolute", ByteLanes::absolute),
    I8X16_NEG(0x61, UNARY, ByteLanes.class, "negate", ByteLanes::negate),
    I8X16_POPCNT(0x62, UNARY, ByteLanes.class, "population", ByteLanes::population),
    I8X16_ALL_TRUE(0x63, TEST, ByteLanes.class, "allTrue", ByteLanes::allTrue),
    I8X16_BITMASK(0x64, TEST, ByteLanes.class, "bitmask", ByteLanes::bitmask),
    I8X16_NARROW_I16X8_S(0x65, NARROW, ByteLanes.class, "narrowS", ByteLanes::narrowS),
    I8X16_NARROW_I16X8_U(0x66, NARROW, ByteLanes.class, "narrowU", ByteLanes::narrowU),
    F32X4_CEIL(0x67, UNARY, FloatLanes.class, "ceil", FloatLanes::ceil),
    F32X4_FLOOR(0x68, UNARY, FloatLanes.class, "floor", FloatLanes::floor),
    F32X4_TRUNC(0x69, UNARY, FloatLanes.class, "truncate", FloatLanes::truncate),
    F32X4_NEAREST(0x6a, UNARY, FloatLanes.class, "nearest", FloatLanes::nearest),
    I8X16_SHL(0x6b, SHIFT, ByteLanes.class, "shiftLeft", ByteLanes::shiftLeft),
    I8X16_SHR_S(0x6c, SHIFT, ByteLanes.class, "shiftRightS", ByteLanes::shiftRightS),
    I8X16_SHR_U(0x6d, SHIFT, ByteLanes.class, "shiftRightU", ByteLanes::shiftRightU),
    I8X16_ADD(0x6e, BINARY, ByteLanes.class, "add", ByteLanes::add),
    I8X16_ADD_SAT_S(0x6f, BINARY, ByteLanes.class, "addSaturatingS", ByteLanes::addSaturatingS),
    I8X16_ADD_SAT_U(0x70, BINARY, ByteLanes.class, "addSaturatingU", ByteLanes::addSaturatingU),
    I8X16_SUB(0x71, BINARY, ByteLanes.class, "subtract", ByteLanes::subtract),
    I8X16_SUB_SAT_S(0x72, BINARY, ByteLanes.class, "subtractSaturatingS", ByteLanes::subtractSaturatingS),
    I8X16_SUB_SAT_U(0x73, BINARY, ByteLanes.class, "subtractSaturatingU", ByteLanes::subtractSaturatingU),
    F64X2_CEIL(0x74, UNARY, DoubleLanes.class, "ceil", DoubleLanes::ceil),
    F64X2_FLOOR(0x75, UNARY, DoubleLanes.class, "floor", DoubleLanes::floor),
    I8X16_MIN_S(0x76, BINARY, ByteLanes.class, "minS", ByteLanes::minS),
    I8X16_MIN_U(0x77, BINARY, ByteLanes.class, "minU", ByteLanes::minU),
    I8X16_MAX_S(0x78, BINARY, ByteLanes.class, "maxS", ByteLanes::maxS),
    I8X16_MAX_U(0x79, BINARY, ByteLanes.class, "maxU", ByteLanes::maxU),
    F64X2_TRUNC(0x7a, UNARY, DoubleLanes.class, "truncate", DoubleLanes::truncate),
    I8X16_AVGR_U(0x7b, BINARY, ByteLanes.class, "average", ByteLanes::average),
    I16X8_EXTADD_PAIRWISE_I8X16_S(0x7c, UNARY, ShortLanes.class, "addPairsS", ShortLanes::addPairsS),
    I16X8_EXTADD_PAIRWISE_I8X16_U(0x7d, UNARY, ShortLanes.class, "addPairsU", ShortLanes::addPairsU),
    I32X4_EXTADD_PAIRWISE_I16X8_S(0x7e, UNARY, IntLanes.class, "addPairsS", IntLanes::addPairsS),
    I32X4_EXTADD_PAIRWISE_I16X8_U(0x7f, UNARY, IntLanes.class, "addPairsU", IntLanes::addPairsU),
    I16X8_ABS(0x80, UNARY, ShortLanes.class, "absolute", ShortLanes::absolute),
    I16X8_NEG(0x81, UNARY, ShortLanes.class, "negate", ShortLanes::negate),
    I16X8_Q15MULR_SAT_S(0x82, BINARY, ShortLanes.class, "multiplyQ15", ShortLanes::multiplyQ15),
    I16X8_ALL_TRUE(0x83, TEST, ShortLanes.class, "allTrue", ShortLanes::allTrue),
    I16X8_BITMASK(0x84, TEST, ShortLanes.class, "bitmask", ShortLanes::bitmask),
    I16X8_NARROW_I32X4_S(0x85, NARROW, ShortLanes.class, "narrowS", ShortLanes::narrowS),
    I16X8_NARROW_I32X4_U(0x86, NARROW, ShortLanes.class, "narrowU", ShortLanes::narrowU),
    I16X8_EXTEND_I8X16_S(0x87, EXTEND, ShortLanes.class, "extendLowS", ShortLanes::extendLowS),
    I16X8_EXTEND_I8X16_S_HIGH(0x187, EXTEND, ShortLanes.class, "extendHighS", ShortLanes::extendHighS),
    I16X8_EXTEND_I8X16_U(0x89, EXTEND, ShortLanes.class, "extendLowU", ShortLanes::extendLowU),
    I16X8_EXTEND_I8X16_U_HIGH(0x189, EXTEND, ShortLanes.class, "extendHighU", ShortLanes::extendHighU),
    I16X8_SHL(0x8b, SHIFT, ShortLanes.class, "shiftLeft", ShortLanes::shiftLeft),
    I16X8_SHR_S(0x8c, SHIFT, ShortLanes.class, "shiftRightS", ShortLanes::shiftRightS),
    I16X8_SHR_U(0x8d, SHIFT, ShortLanes.class, "shiftRightU", ShortLanes::shiftRightU),
    I16X8_ADD(0x8e, BINARY, ShortLanes.class, "add", ShortLanes::add),
    I16X8_ADD_SAT_S(0x8f, BINARY, ShortLanes.class, "addSaturatingS", ShortLanes::addSaturatingS),
    I16X8_ADD_SAT_U(0x90, BINARY, ShortLanes.class, "addSaturatingU", ShortLanes::addSaturatingU),
    I16X8_SUB(0x91, BINARY, ShortLanes.class, "subtract", ShortLanes::subtract),
    I16X8_SUB_SAT_S(0x92, BINARY, ShortLanes.class, "subtractSaturatingS", ShortLanes::subtractSaturatingS),
    I16X8_SUB_SAT_U(0x93, BINARY, ShortLanes.class, "subtractSaturatingU", ShortLanes::subtractSaturatingU),
    F64X2_NEAREST(0x94, UNARY, DoubleLanes.class, "nearest", DoubleLanes::nearest),
    I16X8_MUL(0x95, BINARY, ShortLanes.class, "multiply", ShortLanes::multiply),
    I16X8_MIN_S(0x96, BINARY, ShortLanes.class, "minS", ShortLanes::minS),
    I16X8_MIN_U(0x97, BINARY, ShortLanes.class, "minU", ShortLanes::minU),
    I16X8_MAX_S(0x98, BINARY, ShortLanes.class, "maxS", ShortLanes::maxS),
    I16X8_MAX_U(0x99, BINARY, ShortLanes.class, "maxU", ShortLanes::maxU),
    I16X8_AVGR_U(0x9b, BINARY, ShortLanes.class, "average", ShortLanes::average),
    I16X8_EXTMUL_I8X16_S(0x9c, EXTEND_MULTIPLY, ShortLanes.class, "multiplyLowS", ShortLanes::multiplyLowS),
    I16X8_EXTMUL_I8X16_S_HIGH(0x19c, EXTEND_MULTIPLY, ShortLanes.class, "multiplyHighS", ShortLanes::multiplyHighS),
    I16X8_EXTMUL_I8X16_U(0x9e, EXTEND_MULTIPLY, ShortLanes.class, "multiplyLowU", ShortLanes::multiplyLowU),
    I16X8_EXTMUL_I8X16_U_HIGH(0x19e, EXTEND_MULTIPLY, ShortLanes.class, "multiplyHighU", ShortLanes::multiplyHighU),
    I32X4_ABS(0xa0, UNARY, IntLanes.class, "absolute", IntLanes::absolute),
    I32X4_NEG(0xa1, UNARY, IntLanes.class, "negate", IntLanes::negate),
    I32X4_ALL_TRUE(0xa3, TEST, IntLanes.class, "allTrue", IntLanes::allTrue),
    I32X4_BITMASK(0xa4, TEST, IntLanes.class, "bitmask", IntLanes::bitmask),
    I32X4_EXTEND_I16X8_S(0xa7, EXTEND, IntLanes.class, "extendLowS", IntLanes::extendLowS),
    I32X4_EXTEND_I16X8_S_HIGH(0x1a7, EXTEND, IntLanes.class, "extendHighS", IntLanes::extendHighS),
    I32X4_EXTEND_I16X8_U(0xa9, EXTEND, IntLanes.class, "extendLowU", IntLanes::extendLowU),
    I32X4_EXTEND_I16X8_U_HIGH(0x1a9, EXTEND, IntLanes.class, "extendHighU", IntLanes::extendHighU),
    I32X4_SHL(0xab, SHIFT, IntLanes.class, "shiftLeft", IntLanes::shiftLeft),
    I32X4_SHR_S(0xac, SHIFT, IntLanes.class, "shiftRightS", IntLanes::shiftRightS),
    I32X4_SHR_U(0xad, SHIFT, IntLanes.class, "shiftRightU", IntLanes::shiftRightU),
    I32X4_ADD(0xae, BINARY, IntLanes.class, "add", IntLanes::add),
    I32X4_SUB(0xb1, BINARY, IntLanes.class, "subtract", IntLanes::subtract),
    I32X4_MUL(0xb5, BINARY, IntLanes.class, "multiply", IntLanes::multiply),
    I32X4_MIN_S(0xb6, BINARY, IntLanes.class, "minS", IntLanes::minS),
    I32X4_MIN_U(0xb7, BINARY, IntLanes.class, "minU", IntLanes::minU),
    I32X4_MAX_S(0xb8, BINARY, IntLanes.class, "maxS", IntLanes::maxS),
    I32X4_MAX_U(0xb9, BINARY, IntLanes.class, "maxU", IntLanes::maxU),
    I32X4_DOT_I16X8_S(0xba, BINARY, IntLanes.class, "dot", IntLanes::dot),
    I32X4_EXTMUL_I16X8_S(0xbc, EXTEND_MULTIPLY, IntLanes.class, "multiplyLowS", IntLanes::multiplyLowS),
    I32X4_EXTMUL_I16X8_S_HIGH(0x1bc, EXTEND_MULTIPLY, IntLanes.class, "multiplyHighS", IntLanes::multiplyHighS),
    I32X4_EXTMUL_I16X8_U(0xbe, EXTEND_MULTIPLY, IntLanes.class, "multiplyLowU", IntLanes::multiplyLowU),
    I32X4_EXTMUL_I16X8_U_HIGH(0x1be, EXTEND_MULTIPLY, IntLanes.class, "multiplyHighU", IntLanes::multiplyHighU),
    I64X2_ABS(0xc0, UNARY, LongLanes.class, "absolute", LongLanes::absolute),
    I64X2_NEG(0xc1, UNARY, LongLanes.class, "negate", LongLanes::negate),
    I64X2_ALL_TRUE(0xc3, TEST, LongLanes.class, "allTrue", LongLanes::allTrue),
    I64X2_BITMASK(0xc4, TEST, LongLanes.class, "bitmask", LongLanes::bitmask),
    I64X2_EXTEND_I32X4_S(0xc7, EXTEND, LongLanes.class, "extendLowS", LongLanes::extendLowS),
    I64X2_EXTEND_I32X4_S_HIGH(0x1c7, EXTEND, LongLanes.class, "extendHighS", LongLanes::extendHighS),
    I64X2_EXTEND_I32X4_U(0xc9, EXTEND, LongLanes.class, "extendLowU", LongLanes::extendLowU),
    I64X2_EXTEND_I32X4_U_HIGH(0x1c9, EXTEND, LongLanes.class, "extendHighU", LongLanes::extendHighU),
    I64X2_SHL(0xcb, SHIFT, LongLanes.class, "shiftLeft", LongLanes::shiftLeft),
    I64X2_SHR_S(0xcc, SHIFT, LongLanes.class, "shiftRightS", LongLanes::shiftRightS),
    I64X2_SHR_U(0xcd, SHIFT, LongLanes.class, "shiftRightU", LongLanes::shiftRightU),
    I64X2_EQ(0xd6, BINARY, LongLanes.class, "equal", LongLanes::equal),
    I64X2_NE(0xd7, BINARY, LongLanes.class, "notEqual", LongLanes::notEqual),
    I64X2_LT_S(0xd8, BINARY, LongLanes.class, "lessS", LongLanes::lessS),
    I64X2_GT_S(0xd9, BINARY, LongLanes.class, "greaterS", LongLanes::greaterS),
    I64X2_LE_S(0xda, BINARY, LongLanes.class, "lessOrEqualS", LongLanes::lessOrEqualS),
    I64X2_GE_S(0xdb, BINARY, LongLanes.class, "greaterOrEqualS", LongLanes::greaterOrEqualS),
    I64X2_EXTMUL_I32X4_S(0xdc, EXTEND_MULTIPLY, LongLanes.class, "multiplyLowS", LongLanes::multiplyLowS),
    I64X2_EXTMUL_I32X4_S_HIGH(0x1dc, EXTEND_MULTIPLY, LongLanes.class, "multiplyHighS", LongLanes::multiplyHighS),
    I64X2_EXTMUL_I32X4_U(0xde, EXTEND_MULTIPLY, LongLanes.class, "multiplyLowU", LongLanes::multiplyLowU),
    I64X2_EXTMUL_I32X4_U_HIGH(0x1de, EXTEND_MULTIPLY, LongLanes.class, "multiplyHighU", LongLanes::multiplyHighU),
    F32X4_ABS(0xe0, UNARY, FloatLanes.class, "absolute", FloatLanes::absolute),
    F32X4_NEG(0xe1, UNARY, FloatLanes.class, "negate", FloatLanes::negate),
    F32X4_SQRT(0xe3, UNARY, FloatLanes.class, "sqrt", FloatLanes::sqrt),
    F32X4_ADD(0xe4, BINARY, FloatLanes.class, "add", FloatLanes::add),
    F32X4_SUB(0xe5, BINARY, FloatLanes.class, "subtract", FloatLanes::subtract),
    F32X4_MUL(0xe6, BINARY, FloatLanes.class, "multiply", FloatLanes::multiply),
    F32X4_DIV(0xe7, BINARY, FloatLanes.class, "divide", FloatLanes::divide),
    F32X4_MIN(0xe8, BINARY, FloatLanes.class, "min", FloatLanes::min),
    F32X4_MAX(0xe9, BINARY, FloatLanes.class, "max", FloatLanes::max),
    F32X4_PMIN(0xea, BINARY, FloatLanes.class, "pseudoMin", FloatLanes::pseudoMin),
    F32X4_PMAX(0xeb, BINARY, FloatLanes.class, "pseudoMax", FloatLanes::pseudoMax),
    F64X2_ABS(0xec, UNARY, DoubleLanes.class, "absolute", DoubleLanes::absolute),
    F64X2_NEG(0xed, UNARY, DoubleLanes.class, "negate", DoubleLanes::negate),
    F64X2_SQRT(0xef, UNARY, DoubleLanes.class, "sqrt", DoubleLanes::sqrt),
    F64X2_ADD(0xf0, BINARY, DoubleLanes.class, "add", DoubleLanes::add),
    F64X2_SUB(0xf1, BINARY, DoubleLanes.class, "subtract", DoubleLanes::subtract),
    F64X2_MUL(0xf2, BINARY, DoubleLanes.class, "multiply", DoubleLanes::multiply),
    F64X2_DIV(0xf3, BINARY, DoubleLanes.class, "divide", DoubleLanes::divide),
    F64X2_MIN(0xf4, BINARY, DoubleLanes.class, "min", DoubleLanes::min),
    F64X2_MAX(0xf5, BINARY, DoubleLanes.class, "max", DoubleLanes::max),
    F64X2_PMIN(0xf6, BINARY, DoubleLanes.class, "pseudoMin", DoubleLanes::pseudoMin),
    F64X2_PMAX(0xf7, BINARY, DoubleLanes.class, "pseudoMax", DoubleLanes::pseudoMax),
    I32X4_TRUNC_SAT_F32X4_S(0xf8, UNARY, IntLanes.class, "truncateFloatsS", IntLanes::truncateFloatsS),
    I32X4_TRUNC_SAT_F32X4_U(0xf9, UNARY, IntLanes.class, "truncateFloatsU", IntLanes::truncateFloatsU),
    F32X4_CONVERT_I32X4_S(0xfa, UNARY, FloatLanes.class, "convertS", FloatLanes::convertS),
    F32X4_CONVERT_I32X4_U(0xfb, UNARY, FloatLanes.class, "convertU", FloatLanes::convertU),
    I32X4_TRUNC_SAT_F64X2_S_ZERO(0xfc, NARROW_ZERO, IntLanes.class, "truncateDoublesS", IntLanes::truncateDoublesS),
    I32X4_TRUNC_SAT_F64X2_U_ZERO(0xfd, NARROW_ZERO, IntLanes.class, "truncateDoublesU", IntLanes::truncateDoublesU),
    F64X2_CONVERT_LOW_I32X4_S(0xfe, EXTEND, DoubleLanes.class, "convertLowS", DoubleLanes::convertLowS),
    F64X2_CONVERT_LOW_I32X4_S_HIGH(0x1fe, EXTEND, DoubleLanes.class, "convertHighS", DoubleLanes::convertHighS),
    F64X2_CONVERT_LOW_I32X4_U(0xff, EXTEND, DoubleLanes.class, "convertLowU", DoubleLanes::convertLowU),
    F64X2_CONVERT_LOW_I32X4_U_HIGH(0x1ff, EXTEND, DoubleLanes.class, "convertHighU", DoubleLanes::convertHighU);

    private static final @Nullable SimdOp[] BY_NUMBER = new @Nullable SimdOp[0x200];

    static {
        for (var op : values()) BY_NUMBER[op.number] = op;
    }

    private final int number;
    private final Shape shape;
    private final Class<?> owner;
    private final String method;
    private final Function function;

    /// On slots of a stack, the first operand at `at`.
    private interface Function {
        long apply(long[] slots, int at);
    }

    interface Ternary {
        long apply(long a, long b, long c);
    }

    interface Shuffle {
        long apply(long a, long b, long c, long d, long indices);
    }

    SimdOp(int number, Shape shape, Class<?> owner, String method, Function function) {
        this.number = number;
        this.shape = shape;
        this.owner = owner;
        this.method = method;
        this.function = function;
    }

    SimdOp(int number, Shape shape, Class<?> owner, String method, LongUnaryOperator function) {
        this(number, shape, owner, method, (Function) (s, at) -> function.applyAsLong(s[at]));
    }

    SimdOp(int number, Shape shape, Class<?> owner, String method, LongBinaryOperator function) {
        this(number, shape, owner, method, (Function) (s, at) -> function.applyAsLong(s[at], s[at + 1]));
    }

    SimdOp(int number, Shape shape, Class<?> owner, String method, Ternary function) {
        this(number, shape, owner, method, (Function) (s, at) -> function.apply(s[at], s[at + 1], s[at + 2]));
    }

    SimdOp(int number, Shape shape, Class<?> owner, String method, Shuffle function) {
        this(number, shape, owner, method, (Function)
                (s, at) -> function.apply(s[at], s[at + 1], s[at + 2], s[at + 3], s[at + 4]));
    }

    /// @throws IllegalArgumentException if there is none
    public static SimdOp of(int number) {
        var op = BY_NUMBER[number];
        if (op == null) throw new IllegalArgumentException("no function: 0x" + Integer.toHexString(number));
        return op;
    }

    /// See [#of].
    public int number() {
        return number;
    }

    public Shape shape() {
        return shape;
    }

    /// Where its static method is, of the types that [Shape] tells.
    public Class<?> owner() {
        return owner;
    }

    public String method() {
        return method;
    }

    /// Replaces the operands on top of a stack by the result.
    ///
    /// @param top behind the last operand
    /// @return the new top
    public int apply(long[] slots, int top) {
        var first = top - shape.operands();
        slots[first] = function.apply(slots, first);
        return first + 1;
    }
}
