package org.ambientvcp.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.server.ServerSocketFactory;

/// Sockets of the loopback interface, bound before the broker starts, so that a free port stays free until it is used.
final class LoopbackSockets implements ServerSocketFactory, AutoCloseable {

    static final String HOST = "127.0.0.1";

    private static final int BACKLOG = 50;

    private final Map<Integer, ServerSocketChannel> bound = new ConcurrentHashMap<>();

    /// Binds a port and returns it.
    ///
    /// @param port 1–65535, or 0 for a free one
    /// @throws IOException if it is taken
    int bind(int port) throws IOException {
        var channel = ServerSocketChannel.open();
        try {
            channel.configureBlocking(false); // as Kafka's own factory does; its selector needs it
            channel.socket().setReuseAddress(true);
            channel.bind(new InetSocketAddress(HOST, port), BACKLOG);
            var actual = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            bound.put(actual, channel);
            return actual;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// Hands the bound socket over; the broker closes it.
    @Override
    public ServerSocketChannel openServerSocket(
            String listener, InetSocketAddress address, int backlog, int receiveBufferBytes) throws IOException {
        var channel = bound.remove(address.getPort());
        if (channel == null)
            throw new IOException("listener " + listener + " asks for a port that was not bound: " + address);
        return channel;
    }

    /// Closes what the broker has not taken.
    @Override
    public void close() throws IOException {
        for (var channel : bound.values()) channel.close();
        bound.clear();
    }
}
