package dev.stile.throttle;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The part of an address that one party commands: /24 of IPv4, /48 of IPv6. Taken from the
/// gateway's context only, so it is well formed; anything else is one prefix of its own.
public final class SourceAddress {
  private SourceAddress() {}

  public static String prefix(String address) {
    if (address.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
      return address.substring(0, address.lastIndexOf('.')) + ".0/24";
    }
    if (address.matches("[0-9a-fA-F:.]{2,45}") && address.contains(":")) {
      return ipv6Prefix(address) + "::/48";
    }
    return "unknown";
  }

  private static String ipv6Prefix(String address) {
    int gap = address.indexOf("::");
    String head = gap < 0 ? address : address.substring(0, gap);
    List<String> groups = head.isEmpty() ? List.of() : Arrays.asList(head.split(":"));
    var prefix = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      String group = i < groups.size() ? groups.get(i) : "0";
      prefix.append(i == 0 ? "" : ":").append(group.replaceFirst("^0+(?=.)", ""));
    }
    return prefix.toString().toLowerCase(Locale.ROOT);
  }
}
