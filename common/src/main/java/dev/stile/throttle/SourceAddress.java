package dev.stile.throttle;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The part of an address that one party commands: /24 of IPv4, /48 of IPv6. Taken from the
/// gateway's context, or checked; anything else is one prefix of its own.
public final class SourceAddress {
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("(?=.*:.*:)[0-9a-fA-F:.]{2,45}");

  /// IPv4 as an IPv6 socket shows it (RFC 4291 §2.5.5.2).
  private static final Pattern MAPPED =
      Pattern.compile("(?:::|(?:0{1,4}:){5})ffff:([0-9.]+)", Pattern.CASE_INSENSITIVE);

  private static final int GROUPS = 8;

  private SourceAddress() {}

  /// An address that somebody else than the gateway names, if it is one (RFC 4291 §2.2, without a
  /// zone). Nothing is looked up.
  public static String checked(String address) {
    boolean good =
        IPV4.matcher(address).matches()
            ? Stream.of(address.split("\\.")).allMatch(SourceAddress::isOctet)
            : IPV6.matcher(address).matches() && isIpv6(address);
    if (!good) {
      throw new IllegalArgumentException("not an IPv4 or IPv6 address");
    }
    return address;
  }

  /// Without leading zeros, which some read as octal.
  private static boolean isOctet(String part) {
    return Integer.parseInt(part) < 256 && (part.length() == 1 || !part.startsWith("0"));
  }

  /// The JDK never takes a text with a colon for a name.
  private static boolean isIpv6(String address) {
    try {
      InetAddress.getByName(address);
      return true;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  public static String prefix(String address) {
    if (IPV4.matcher(address).matches()) {
      return address.substring(0, address.lastIndexOf('.')) + ".0/24";
    }
    Matcher mapped = MAPPED.matcher(address);
    if (mapped.matches()) {
      return prefix(mapped.group(1));
    }
    return IPV6.matcher(address).matches() ? ipv6Prefix(address) + "::/48" : "unknown";
  }

  private static String ipv6Prefix(String address) {
    int gap = address.indexOf("::");
    List<String> groups = new ArrayList<>(groups(gap < 0 ? address : address.substring(0, gap)));
    List<String> tail = gap < 0 ? List.of() : groups(address.substring(gap + 2));
    while (groups.size() + tail.size() < GROUPS) {
      groups.add("0");
    }
    groups.addAll(tail);
    return groups.stream()
        .limit(3)
        .map(group -> group.replaceFirst("^0+(?=.)", ""))
        .collect(Collectors.joining(":"))
        .toLowerCase(Locale.ROOT);
  }

  private static List<String> groups(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(":", -1));
  }
}
