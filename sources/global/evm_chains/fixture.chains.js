"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.chains = void 0;
exports.chains = {
    990001: {
        name: 'Example Mainnet',
        chain: 'EXM',
        rpc: [
            'https://rpc.example.com/v3/${EXAMPLE_API_KEY}',
            'https://rpc.example.com',
            'wss://rpc.example.com/ws',
            'http://rpc.example.com'
        ],
        features: [{ name: 'EIP155' }],
        faucets: [],
        nativeCurrency: { name: "Example's Coin", symbol: 'EXM', decimals: 18 },
        infoURL: 'https://example.com',
        shortName: 'exm',
        chainId: 990001,
        networkId: 990001,
        slip44: 60,
        explorers: [
            { name: 'examplescan', url: 'https://scan.example.com', standard: 'EIP3091' },
            { name: 'plain', url: 'http://scan.example.org', standard: 'none' }
        ]
    },
    990002: {
        name: 'Example Testnet',
        title: 'Example Testnet One',
        chain: 'EXM',
        status: 'deprecated',
        rpc: [],
        faucets: [],
        nativeCurrency: { name: 'Test Coin', symbol: 'tEXM', decimals: 18 },
        infoURL: 'www.example.com',
        shortName: 'texm',
        chainId: 990002,
        networkId: 990002,
        redFlags: ['reusedChainId']
    }
};
